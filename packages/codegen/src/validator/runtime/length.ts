/** Lengths of strings in code points (JSON Schema Validation §6.3, RFC 8259 §1). */

/** @param max in code points */
export function hasAtMost(text: string, max: number): boolean {
  return text.length <= max || codePoints(text) <= max;
}

/** @param min in code points, each of which takes one or two code units */
export function hasAtLeast(text: string, min: number): boolean {
  return text.length >= 2 * min || (text.length >= min && codePoints(text) >= min);
}

function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    if ((text.charCodeAt(at) & 0xfc00) !== 0xd800 || (text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00) continue;
    count -= 1;
    at += 1;
  }
  return count;
}
