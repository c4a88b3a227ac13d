import { UnwritableError } from './faults.ts';

/**
 * Values of header fields (RFC 9110 §5.5). Nothing in them is escaped: OpenAPI passes headers through unchanged, and no
 * other server would undo an escape. So what a field cannot hold, or what would be taken for a delimiter, is refused by
 * the client before it is sent.
 */

/** Visible characters, blanks, tabs and octets above ASCII. */
const fieldValue = /^[\t -~\x80-\xff]*$/;

/** @throws UnwritableError for control characters, and for characters that are no octet */
export function fieldText(text: string): string {
  if (!fieldValue.test(text)) throw new UnwritableError('format', 'has characters that a header cannot hold');
  return text;
}

/** @throws UnwritableError for blanks at either end, which are no part of a field value */
export function wholeField(text: string): string {
  if (withoutBlanks(text) !== text) throw new UnwritableError('format', 'must not begin or end with blanks');
  return text;
}

/** @throws UnwritableError for what is not one element of a list: senders write no empty ones (RFC 9110 §5.6.1) */
export function listElement(text: string): string {
  if (text === '' || text.includes(',')) {
    throw new UnwritableError('format', 'must have neither empty items nor commas in them, because it is a header');
  }
  return wholeField(text);
}

/** Takes off blanks and tabs at both ends (OWS, RFC 9110 §5.6.3), and nothing else that `trim` would. */
export function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start)) start += 1;
  while (end > start && isBlank(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}
