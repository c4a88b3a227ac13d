import { UnreadableError, UnwritableError } from './faults.ts';

/**
 * Escapes everything but unreserved characters (RFC 3986 §2.3), as the expansions of RFC 6570 do.
 *
 * @throws UnwritableError for NUL, which no server takes, and for lone surrogates, which have no octets
 */
export function percentEncoded(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new UnwritableError('format', 'must not contain NUL or lone surrogates');
  }
  // What encodeURIComponent leaves of the reserved characters.
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${hexadecimal(character)}`);
}

function hexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase();
}

/**
 * Reserved characters that mean nothing in the value of a query parameter: all of RFC 3986 §2.2 but `#`, which ends a
 * query, `&`, which ends a value, `+`, which stands for a blank, and the comma, which may be a delimiter.
 */
const harmless = new Set([...":/?[]@!$'()*;="].map((character) => `%${hexadecimal(character)}`));

/**
 * Escapes what a query cannot hold as it is (`allowReserved`, OAS 3.1 §4.8.12.2).
 *
 * RFC 6570 §3.2.3 would leave what looks like an escape: `%41` would arrive as `A`. A percent sign is no reserved
 * character, and a value arrives as it was given, so that it is always escaped here.
 *
 * @param keepsComma whether a comma delimits nothing in this parameter
 * @throws UnwritableError as {@link percentEncoded}
 */
export function reservedKept(text: string, keepsComma: boolean): string {
  return percentEncoded(text).replace(/%[0-9A-F]{2}/g, (triplet) =>
    harmless.has(triplet) || (keepsComma && triplet === '%2C') ? decodeURIComponent(triplet) : triplet,
  );
}

/**
 * @throws UnreadableError for what is not UTF-8, overlong forms included, and for incomplete escapes
 */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UnreadableError('must be percent-encoded UTF-8');
  }
}

/** A plus stands for a blank, as HTML forms write it. */
export function withoutPluses(text: string): string {
  return text.includes('+') ? text.replaceAll('+', ' ') : text;
}

/** @throws UnreadableError for NUL, which bodies are refused for, too */
export function withoutNul(text: string): string {
  if (text.includes('\0')) throw new UnreadableError('must not contain NUL');
  return text;
}
