const int32Range = 2 ** 31;
const largestFloat = 3.4028234663852886e38;

/** `int32`: a signed 32-bit integer (OAS 3.1 §4.4.2). */
export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -int32Range && value < int32Range;
}

/** `int64`: an integer that a JSON number carries exactly, up to 2^53 - 1 (RFC 8259 §6); a larger one is already rounded. */
export function isInt64(value: number): boolean {
  return Number.isSafeInteger(value);
}

/** `float`: within the range of IEEE 754 single precision. */
export function isFloat(value: number): boolean {
  return Math.abs(value) <= largestFloat;
}

/** `double`: any number but an infinite one. */
export function isDouble(value: number): boolean {
  return Number.isFinite(value);
}
