import { type Operation, type Parameter, type Problem, type ProblemSource, problem } from '@contract-first/core';
import type { Values } from './exchange.ts';
import { fromViolations } from './violations.ts';

/** Decoded values, and the faults found on the way. */
export interface Decoded {
  readonly values: Values;
  readonly problems: readonly Problem[];
}

/** Decodes and validates the path parameters (style `simple`). */
export function decodePath(operation: Operation, raw: Readonly<Record<string, string>>): Decoded {
  return decode(operation, 'path', ({ name }) => (raw[name] === undefined ? [] : [raw[name]]));
}

/** Decodes and validates the declared headers (style `simple`). Undeclared headers are not looked at. */
export function decodeHeaders(
  operation: Operation,
  raw: Readonly<Record<string, string | string[] | undefined>>,
): Decoded {
  return decode(operation, 'header', ({ name }) => {
    const value = raw[name.toLowerCase()];
    return value === undefined ? [] : [Array.isArray(value) ? value.join(', ') : value];
  });
}

/**
 * Decodes and validates the query (style `form`). A name that the operation does not declare is a fault, and so is a
 * percent-encoding that is not UTF-8.
 *
 * @param query without the question mark
 */
export function decodeQuery(operation: Operation, query: string): Decoded {
  const { pairs, malformed } = splitQuery(query);
  const declared = new Set(
    operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
  );
  const unknown = [...new Set(pairs.map(([name]) => name))].filter((name) => !declared.has(name));
  const decoded = decode(operation, 'query', ({ name }) =>
    pairs.filter(([key]) => key === name).map(([, value]) => value),
  );
  return {
    values: decoded.values,
    problems: [
      ...malformed.map((name) =>
        problem('invalidParameter', { detail: 'must be percent-encoded UTF-8', source: { parameter: name } }),
      ),
      ...unknown.map((name) => problem('unknownParameter', { source: { parameter: name } })),
      ...decoded.problems,
    ],
  };
}

function splitQuery(query: string): { pairs: readonly (readonly [string, string])[]; malformed: readonly string[] } {
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

function decode(
  operation: Operation,
  place: Parameter['in'],
  rawValues: (parameter: Parameter) => readonly string[],
): Decoded {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const parameter of operation.parameters.filter((candidate) => candidate.in === place)) {
    const raw = rawValues(parameter);
    if (raw.length === 0) {
      if (parameter.required) problems.push(problem('missingParameter', { source: sourceOf(parameter) }));
      continue;
    }
    const value = convert(parameter, raw);
    values[parameter.name] = value;
    problems.push(...fromViolations(parameter.validate(value), 'invalidParameter', sourceOf(parameter)));
  }
  return { values, problems };
}

function sourceOf(parameter: Parameter): ProblemSource {
  return parameter.in === 'header' ? { header: parameter.name } : { parameter: parameter.name };
}

/** A text that cannot be converted stays a text, which the schema then refuses. */
function convert({ array, explode, type, in: place }: Parameter, raw: readonly string[]): unknown {
  const convertOne = (text: string): unknown => convertText(type, text);
  if (array) {
    const items = explode && place === 'query' ? raw : raw.flatMap((text) => text.split(','));
    return (place === 'header' ? items.map((text) => text.trim()) : items).map(convertOne);
  }
  const [first = ''] = raw;
  return raw.length === 1 ? convertOne(first) : raw.map(convertOne);
}

function convertText(type: Parameter['type'], text: string): unknown {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'integer' && /^-?[0-9]{1,16}$/.test(text)) return Number(text);
  if (type === 'number' && /^-?[0-9]{1,32}(?:\.[0-9]{1,32})?(?:[eE][+-]?[0-9]{1,3})?$/.test(text)) return Number(text);
  return text;
}
