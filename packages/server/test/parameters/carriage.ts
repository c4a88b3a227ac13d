import type { Combination } from './combinations.ts';

/** Whether a parameter has no form for a value, so that the client has to refuse it. */
export function cannotBeCarried(combination: Combination, value: unknown): boolean {
  const { in: place, style } = combination;
  if (style === 'content') return texts(value).some(isBroken) || JSON.stringify(value).includes('"__proto__":');
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  if (isEmpty || texts(value).some(isBroken)) return true;
  if (place === 'header') return !fitsHeader(combination, value);
  if (place === 'path' && style !== 'matrix') return isDotSegment(combination, value);
  if (style === 'spaceDelimited') return isSingleWith(value, ' ');
  return style === 'pipeDelimited' && isSingleWith(value, '|');
}

/** The texts of a value, names of members included. */
function texts(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, member]) => [...(Array.isArray(value) ? [] : [name]), ...texts(member)]);
}

function isBroken(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

/** An empty segment, or one that URLs leave out. */
function isDotSegment({ style, explode }: Combination, value: unknown): boolean {
  if (typeof value === 'object' && !Array.isArray(value)) return false;
  const items = texts(value);
  const delimiter = style === 'label' && explode ? '.' : ',';
  return ['', '.', '..'].includes(`${style === 'label' ? '.' : ''}${items.join(delimiter)}`);
}

function fitsHeader({ explode }: Combination, value: unknown): boolean {
  if (!texts(value).every((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text))) return false;
  if (typeof value !== 'object' || value === null) return !/^[ \t]|[ \t]$/.test(String(value));
  if (texts(value).some((text) => text.includes(','))) return false;
  const isNamed = explode && !Array.isArray(value);
  if (isNamed && Object.keys(value).some((name) => name.includes('='))) return false;
  const elements = isNamed ? Object.entries(value).map(([name, member]) => `${name}=${member}`) : texts(value);
  return elements.every((element) => element !== '' && !/^[ \t]|[ \t]$/.test(element));
}

function isSingleWith(value: unknown, delimiter: string): boolean {
  return Array.isArray(value) && value.length === 1 && String(value[0]).includes(delimiter);
}
