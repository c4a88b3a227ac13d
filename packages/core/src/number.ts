const decimal = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** Below it every integer is a double of its own. */
const LIMIT = 2 ** 53;

/** No double has more digits before the point. */
const MAX_DIGITS = 309;

/**
 * Reads a number as JSON writes it (RFC 8259 §6), and refuses one that would become another: an integer beyond 2^53
 * that is neither the exact value of the double nor what the double is written as, one that would be infinite, and one
 * that would become zero. Fractions are rounded as ever.
 *
 * @returns undefined if the text is no JSON number, or none that a double can hold
 */
export function readNumber(text: string): number | undefined {
  const [, , whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (whole === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return /[1-9]/.test(whole + fraction) ? undefined : value;
  if (Math.abs(value) < LIMIT) return value;
  const integer = exactInteger(text);
  if (integer === undefined) return undefined;
  return integer === BigInt(value) || integer === exactInteger(String(value)) ? value : undefined;
}

/** undefined if the text is no integer, or has more digits than matter. */
function exactInteger(text: string): bigint | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/0+$/, '');
  const zeros = Number(exponent) + whole.length - digits.length;
  if (zeros < 0 || digits.length > MAX_DIGITS) return undefined;
  return BigInt(`${sign}${digits}${'0'.repeat(zeros)}`);
}
