import type { Parameter, ParameterType } from './contract.ts';
import { readNumber } from './number.ts';

/**
 * How parameters are written and read: the styles `simple` in paths and headers, and `form` in queries (OAS 3.1
 * §4.8.12.3). What one side encodes, the other one decodes.
 */

/** What a query says, decoded. */
export interface QueryReading {
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** The names of the parts that are not percent-encoded UTF-8. */
  readonly malformed: readonly string[];
}

/**
 * Writes a query. An undeclared parameter is written as if its list were exploded.
 *
 * @returns the query without `?`; `''` for none
 */
export function encodeQuery(parameters: readonly Parameter[], query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      const items = (Array.isArray(value) ? value : [value]).map((item) => encodeURIComponent(String(item)));
      if (items.length === 0) return [];
      const parameter = parameters.find((each) => each.in === 'query' && each.name === name);
      const values = (parameter?.explode ?? true) ? items : [items.join(',')];
      return values.map((item) => `${encodeURIComponent(name)}=${item}`);
    })
    .join('&');
}

/**
 * Splits a query and undoes its percent-encoding; a plus stands for a blank.
 *
 * @param query without the question mark
 */
export function decodeQuery(query: string): QueryReading {
  const pairs: [string, string][] = [];
  const malformed: string[] = [];
  for (const part of query.split('&').filter((text) => text !== '')) {
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    try {
      pairs.push([decodeText(name), decodeText(value)]);
    } catch {
      malformed.push(name);
    }
  }
  return { pairs, malformed };
}

function decodeText(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/**
 * The value that the texts of a parameter stand for. What cannot be converted stays a text, which the schema then
 * refuses.
 *
 * @param texts percent-decoded, at least one; several if the parameter is repeated
 */
export function decodeParameter({ array, explode, type, in: place }: Parameter, texts: readonly string[]): unknown {
  if (array) {
    const items = explode && place === 'query' ? texts : texts.flatMap((text) => text.split(','));
    return items.map((text) => decodeValue(type, place === 'header' ? text.trim() : text));
  }
  const [first = ''] = texts;
  return texts.length === 1 ? decodeValue(type, first) : texts.map((text) => decodeValue(type, text));
}

/** The value of one text of a parameter or of a response header; the text itself if it is not of the type. */
export function decodeValue(type: ParameterType, text: string): string | number | boolean {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'integer' && /^-?[0-9]{1,16}$/.test(text)) return readNumber(text) ?? text;
  if (type === 'number' && /^-?[0-9]{1,32}(?:\.[0-9]{1,32})?(?:[eE][+-]?[0-9]{1,3})?$/.test(text))
    return readNumber(text) ?? text;
  return text;
}
