import { isObject } from '../schema/document.ts';
import type { Expectation, Probe, ProbeResponse } from './probe.ts';

/** How the errors of a reply are read, where they are not those of JSON:API. */
export type ReadErrors = (body: unknown) => readonly ProbeError[];

export interface ProbeError {
  readonly code: unknown;
  /** `pointer`, `parameter` or `header`. */
  readonly source: unknown;
}

/**
 * Compares the reply to a probe with what was expected.
 *
 * @param readErrors null if the errors cannot be read: status and headers alone are compared then
 * @returns one line for each difference
 */
export function checkProbe(
  { expected }: Probe,
  response: ProbeResponse,
  readErrors: ReadErrors | null = readJsonApiErrors,
): readonly string[] {
  if (response.status !== expected.status)
    return [`status ${response.status} instead of ${expected.status}: ${Buffer.from(response.body).toString('utf8')}`];
  const errors = readErrors === null ? [] : checkErrors(expected, response, readErrors);
  return [...checkHeaders(expected, response), ...errors];
}

function checkHeaders({ allow, headers = {} }: Expectation, response: ProbeResponse): readonly string[] {
  const wrong = Object.entries(headers)
    .filter(([name, pattern]) => !pattern.test(response.headers[name] ?? ''))
    .map(([name, pattern]) => `the header ${name} is ${response.headers[name] ?? 'missing'}, not ${pattern}`);
  const listed = (response.headers['allow'] ?? '').split(',').map((method) => method.trim());
  const isAllowed = allow === undefined || [...listed].sort().join() === [...allow].sort().join();
  return isAllowed ? wrong : [...wrong, `the header allow is ${listed.join(', ')}, not ${allow.join(', ')}`];
}

function checkErrors(
  { code, source }: Expectation,
  { body }: ProbeResponse,
  readErrors: ReadErrors,
): readonly string[] {
  if (code === undefined && source === undefined) return [];
  const errors = readErrors(parse(body));
  if (errors.length === 0) return ['there are no errors in the body'];
  const expected = JSON.stringify(source);
  return errors.flatMap((error) => [
    ...(code === undefined || error.code === code ? [] : [`the code is ${String(error.code)}, not ${code}`]),
    ...(source === undefined || JSON.stringify(error.source) === expected
      ? []
      : [`the source is ${JSON.stringify(error.source)}, not ${expected}`]),
  ]);
}

/** The errors of a JSON:API error document; empty if it is none. */
export function readJsonApiErrors(body: unknown): readonly ProbeError[] {
  const errors = isObject(body) ? body['errors'] : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) =>
    isObject(error) ? { code: error['code'], source: error['source'] } : { code: undefined, source: undefined },
  );
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
