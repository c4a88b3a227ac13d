import {
  decodeParameter,
  decodeQuery,
  type Operation,
  type Parameter,
  type Problem,
  type ProblemSource,
  problem,
} from '@contract-first/core';
import { fromViolations } from './violations.ts';

/** Values by the name of their parameter in the contract. */
export type Values = Readonly<Record<string, unknown>>;

/** Decoded values, and the faults found on the way. */
export interface Decoded {
  readonly values: Values;
  readonly problems: readonly Problem[];
}

/** Decodes and validates the path parameters (style `simple`). */
export function readPathParameters(operation: Operation, raw: Readonly<Record<string, string>>): Decoded {
  return readParameters(operation, 'path', ({ name }) => (raw[name] === undefined ? [] : [raw[name]]));
}

/** Decodes and validates the declared headers (style `simple`). Undeclared headers are not looked at. */
export function readHeaderParameters(
  operation: Operation,
  raw: Readonly<Record<string, string | string[] | undefined>>,
): Decoded {
  return readParameters(operation, 'header', ({ name }) => {
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
export function readQueryParameters(operation: Operation, query: string): Decoded {
  const { pairs, malformed } = decodeQuery(query);
  const declared = new Set(
    operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
  );
  const unknown = [...new Set(pairs.map(([name]) => name))].filter((name) => !declared.has(name));
  const decoded = readParameters(operation, 'query', ({ name }) =>
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

function readParameters(
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
    const value = decodeParameter(parameter, raw);
    values[parameter.name] = value;
    problems.push(...fromViolations(parameter.validate(value), 'invalidParameter', sourceOf(parameter)));
  }
  return { values, problems };
}

function sourceOf(parameter: Parameter): ProblemSource {
  return parameter.in === 'header' ? { header: parameter.name } : { parameter: parameter.name };
}
