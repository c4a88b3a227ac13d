import { UnreadableError } from './faults.ts';

/** The values of a query, a Cookie header or a matrix, by decoded name and in their order; values are still encoded. */
export type Pairs = ReadonlyMap<string, readonly string[]>;

/** What pairs could be read, and the encoded names that could not be. */
export interface PairsReading {
  readonly pairs: Pairs;
  readonly malformed: readonly string[];
}

/**
 * Splits `name=value` at the delimiters between pairs. A name alone has an empty value; empty parts are skipped.
 *
 * @param decode what undoes the encoding of a name
 */
export function readPairs(text: string, delimiter: '&' | ';', decode: (name: string) => string): PairsReading {
  const pairs = new Map<string, string[]>();
  const malformed: string[] = [];
  for (const part of text === '' ? [] : text.split(delimiter)) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const encoded = at < 0 ? part : part.slice(0, at);
    const name = attempt(encoded, decode);
    if (name === null) malformed.push(encoded);
    else append(pairs, name, at < 0 ? '' : part.slice(at + 1));
  }
  return { pairs, malformed };
}

function append(pairs: Map<string, string[]>, name: string, value: string): void {
  const values = pairs.get(name);
  if (values === undefined) pairs.set(name, [value]);
  else values.push(value);
}

/** Decodes; null if that cannot be done. */
export function attempt(text: string, decode: (text: string) => string): string | null {
  try {
    return decode(text);
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}
