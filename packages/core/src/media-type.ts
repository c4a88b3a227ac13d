// By hand, not content-type: JSON:API decides by parameters, and what is malformed is refused, in linear time.
/** The media type of JSON:API 1.1. */
export const JSON_API = 'application/vnd.api+json';

/** A parsed media type (RFC 9110 §8.3.1). */
export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  /** Names in lower case, values unquoted, in the order of the text. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = String.raw`"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"`;
const ESSENCE = new RegExp(`^${TOKEN}/${TOKEN}`);
const PARAMETER = new RegExp(`[ \\t]*;[ \\t]*(?:(${TOKEN})=(${TOKEN}|${QUOTED}))?`, 'y');

/**
 * Parses one media type. Returns null if the text is malformed: a parameter without a value counts as malformed, a
 * lone semicolon does not (RFC 9110 §5.6.6).
 */
export function parseMediaType(text: string): MediaType | null {
  const trimmed = trimBlanks(text);
  const essence = ESSENCE.exec(trimmed)?.[0];
  if (essence === undefined) return null;
  const parameters: [string, string][] = [];
  let at = essence.length;
  while (at < trimmed.length) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(trimmed);
    if (match === null) return null;
    at = PARAMETER.lastIndex;
    const [, name, value] = match;
    if (name !== undefined && value !== undefined) parameters.push([name.toLowerCase(), unquote(value)]);
  }
  return { essence: essence.toLowerCase(), parameters };
}

/**
 * The text without the blanks around it (RFC 9110 §5.6.3). `trim` would take characters that are none in HTTP; a
 * pattern for the blanks at the end would take quadratic time where they stand in the middle.
 */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

/**
 * Whether the parameters of a media type are ones that this project understands. JSON:API allows `ext` and `profile`
 * alone; no extension is supported, every profile is ignored (JSON:API 1.1, "Content Negotiation"). Other JSON types
 * are UTF-8 by definition (RFC 8259 §8.1), so that only another charset is refused.
 */
export function understandsParameters({ essence, parameters }: MediaType): boolean {
  if (essence === JSON_API) return parameters.every(([name]) => name === 'profile');
  return parameters.every(([name, value]) => name !== 'charset' || value.toLowerCase() === 'utf-8');
}
