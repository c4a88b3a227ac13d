/**
 * The text of a reply's header field (RFC 9110 §5.5): visible ASCII, blanks and tabs, and none of these at its ends.
 * Other octets have no agreed meaning, and Node would write them as Latin-1. In a field that is a URI reference they are
 * percent-encoded as UTF-8 (RFC 3986 §2.5); line breaks and NUL are never encoded, because they show that a value was
 * not made for a header.
 *
 * @param name in lower case
 * @returns null if the value cannot be written
 */
export function fieldValue(name: string, value: unknown): string | null {
  const text = textOf(value);
  if (text === null) return null;
  const written = uriFields.has(name) ? encodeNonAscii(text) : text;
  return isFieldValue(written) ? written : null;
}

/** RFC 9110 §8.7 and §10.2.2. */
const uriFields: ReadonlySet<string> = new Set(['content-location', 'location']);

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : null;
}

/** Leaves what is encoded already as it is. A lone surrogate has no UTF-8. */
function encodeNonAscii(text: string): string {
  if (!text.isWellFormed()) return text;
  return text.replace(/[^\0-\x7f]+/g, (part) => encodeURIComponent(part));
}

function isFieldValue(text: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(text) && text.trim() === text;
}
