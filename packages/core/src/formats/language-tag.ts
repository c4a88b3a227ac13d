/** RFC 5646 §2.1, `irregular`: registered before the grammar, which they do not follow. */
const irregular = new Set(
  `en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu
  sgn-be-fr sgn-be-nl sgn-ch-de`.split(/\s+/),
);

/** One step of the grammar: which subtags it takes, and how many of them at most. */
type Step = readonly [subtag: RegExp, atMost: number];

const afterLanguage: readonly Step[] = [
  [/^[a-z]{4}$/, 1],
  [/^(?:[a-z]{2}|\d{3})$/, 1],
  [/^(?:[a-z0-9]{5,8}|\d[a-z0-9]{3})$/, Number.POSITIVE_INFINITY],
];
const extendedLanguage: Step = [/^[a-z]{3}$/, 3];
const extensionSubtag: Step = [/^[a-z0-9]{2,8}$/, Number.POSITIVE_INFINITY];
const privateSubtag: Step = [/^[a-z0-9]{1,8}$/, Number.POSITIVE_INFINITY];

/** `language-tag`: a well-formed tag of RFC 5646 §2.1 in any case; `_` separates as well as `-`. */
export function isLanguageTag(value: string): boolean {
  const tag = value.toLowerCase().replaceAll('_', '-');
  return irregular.has(tag) || isLangtag(tag.split('-'));
}

function isLangtag(subtags: readonly string[]): boolean {
  const [language = ''] = subtags;
  if (language === 'x') return isPrivateUse(subtags, 0);
  if (!/^[a-z]{2,8}$/.test(language)) return false;
  const steps = language.length <= 3 ? [extendedLanguage, ...afterLanguage] : afterLanguage;
  const position = steps.reduce((at, step) => skip(subtags, at, step), 1);
  return isPrivateUse(subtags, skipExtensions(subtags, position));
}

function skip(subtags: readonly string[], from: number, [subtag, atMost]: Step): number {
  let position = from;
  while (position - from < atMost && subtag.test(subtags[position] ?? '')) position += 1;
  return position;
}

function skipExtensions(subtags: readonly string[], from: number): number {
  let position = from;
  while (/^[a-wy-z0-9]$/.test(subtags[position] ?? '')) {
    const end = skip(subtags, position + 1, extensionSubtag);
    if (end === position + 1) return position;
    position = end;
  }
  return position;
}

/** Whether nothing is left at the position, or only a private use part: `x` and at least one subtag. */
function isPrivateUse(subtags: readonly string[], at: number): boolean {
  if (at === subtags.length) return true;
  const end = skip(subtags, at + 1, privateSubtag);
  return subtags[at] === 'x' && end > at + 1 && end === subtags.length;
}
