import { type Operation, type Parameter, parseRequestTarget } from '@contract-first/core';
import type { Exchange } from '../exchange/exchange.ts';
import { type AnyContract, pathValues } from './operations.ts';

/** A declared parameter and its decoded value; `given` is false if the request does not have it. */
export interface Decoded {
  readonly parameter: Parameter;
  readonly given: boolean;
  readonly value: unknown;
}

type Pair = readonly [name: string, value: string];

/** Decodes the declared parameters of a request (styles `simple` and `form`, OAS 3.1 §4.8.12.6). */
export function decodeParameters(contract: AnyContract, operation: Operation, exchange: Exchange): readonly Decoded[] {
  const path = Object.entries(pathValues(contract, exchange.target));
  const query = queryPairs(exchange.target);
  return operation.parameters.map((parameter) => {
    const texts = textsOf(parameter, path, query, exchange.requestHeaders);
    return { parameter, given: texts.length > 0, value: texts.length > 0 ? decode(parameter, texts) : undefined };
  });
}

/** Name and value of each part of the query. What is not percent-encoded UTF-8 stays as it is. */
export function queryPairs(target: string): readonly Pair[] {
  const parts = parseRequestTarget(target)
    .query.split('&')
    .filter((part) => part !== '');
  return parts.map((part) => {
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    return [unescaped(name.replaceAll('+', ' ')), unescaped(value.replaceAll('+', ' '))];
  });
}

function textsOf(
  { name, in: place }: Parameter,
  path: readonly Pair[],
  query: readonly Pair[],
  headers: Readonly<Record<string, string>>,
): readonly string[] {
  if (place === 'path') return path.filter(([key]) => key === name).map(([, value]) => unescaped(value));
  if (place === 'query') return query.filter(([key]) => key === name).map(([, value]) => value);
  const value = headers[name.toLowerCase()];
  return value === undefined ? [] : [value];
}

function decode({ array, explode, in: place, type }: Parameter, texts: readonly string[]): unknown {
  if (!array) return texts.length === 1 ? typed(type, texts[0] ?? '') : texts;
  const items = explode && place === 'query' ? texts : texts.flatMap((text) => text.split(','));
  return items.map((item) => typed(type, place === 'header' ? item.trim() : item));
}

/** Converts a text to the type of its parameter or header; what cannot be converted stays a text. */
export function typed(type: Parameter['type'], text: string): unknown {
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  if (type === 'string') return text;
  return /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : text;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
