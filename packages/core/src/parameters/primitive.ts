import type { ParameterType } from '../contract.ts';
import { readNumber } from '../number.ts';
import { UnwritableError } from './faults.ts';

/**
 * The value of one text of a parameter or of a response header; the text itself if it is not of the type, which the
 * schema then refuses.
 */
export function decodeValue(type: ParameterType, text: string): string | number | boolean {
  if (type === 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  const number = readNumber(text);
  return number === undefined || (type === 'integer' && !Number.isInteger(number)) ? text : number;
}

/**
 * The text of a value, from which {@link decodeValue} makes the same value again. A text is written even if it is not of
 * the type: it arrives as it is, and is then refused by the schema.
 *
 * @throws UnwritableError for a value that would arrive as another one, such as null, NaN, or a number where a text is
 *   declared
 */
export function encodeValue(type: ParameterType, value: unknown): string {
  const text = Object.is(value, -0) ? '-0' : String(isPrimitive(value) ? value : '');
  if (!Object.is(decodeValue(type, text), value)) throw new UnwritableError('type', `must be ${type}`);
  return text;
}

function isPrimitive(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
