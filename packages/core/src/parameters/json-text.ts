import { type JsonFaultKind, readJson } from '../json.ts';
import { UnreadableError, UnwritableError } from './faults.ts';

/** Parameters with `content` (OAS 3.1 §4.8.12.2): a JSON document, read as strictly as one in a body. */

const demands: Readonly<Record<JsonFaultKind, string>> = {
  encoding: 'must be UTF-8',
  syntax: 'must be a JSON document',
  'duplicate-member': 'must not have a member twice',
  'forbidden-member': 'must not have a member __proto__',
  'inexact-number': 'must not have a number that cannot be represented exactly',
  'invalid-character': 'must not contain NUL or lone surrogates',
  'too-deep': 'must not be nested too deeply',
};

const utf8 = new TextEncoder();

/** @throws UnreadableError for everything that a body would be refused for */
export function readJsonText(text: string): unknown {
  const { value, faults } = readJson(utf8.encode(text));
  const [first] = faults;
  if (first !== undefined) throw new UnreadableError(demands[first.kind]);
  return value;
}

/**
 * The document of a value in ASCII, which every place can hold.
 *
 * @throws UnwritableError for what JSON has no text for, and for what {@link readJsonText} would not take
 */
export function writeJsonText(value: unknown): string {
  // The declaration of JSON.stringify leaves out that undefined and functions have no text.
  const text = JSON.stringify(value, (_, member: unknown) => finite(member)) as string | undefined;
  if (text === undefined) throw new UnwritableError('type', 'must be a value that JSON has');
  const [first] = readJson(utf8.encode(text)).faults;
  if (first !== undefined) throw new UnwritableError('format', demands[first.kind]);
  return text.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON would write null for NaN and Infinity. */
function finite(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new UnwritableError('type', 'must have finite numbers only');
}
