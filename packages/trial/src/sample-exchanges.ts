import {
  contentNode,
  find,
  type OpenApiDocument,
  operationNode,
  parameterNode,
  samplesOf,
} from '@contract-first/conformance';
import type { Operation, ParameterPlace, ResponseHeader } from '@contract-first/core';
import type { StubReply } from './stub-service.ts';

/** The argument of a client's method. */
export interface SampleCall {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface SampleOptions {
  /** How many values are made of each schema, besides its examples. */
  readonly count: number;
  readonly seed: number;
}

/** Calls that the contract allows: with everything, with what is required alone, and with values in turn. */
export function sampleCalls(
  document: OpenApiDocument,
  operation: Operation,
  options: SampleOptions,
): readonly SampleCall[] {
  const parameters = operation.parameters.map((parameter) => ({
    ...parameter,
    values: parameterValues(document, operation, parameter, options),
  }));
  const bodies = requestBodies(document, operation, options);
  const turns = Math.max(1, bodies.length, ...parameters.map(({ values }) => values.length));
  return Array.from({ length: turns + 1 }, (_, turn) => {
    // The last turn leaves out what is optional.
    const isLean = turn === turns;
    const given = (place: ParameterPlace): Record<string, unknown> =>
      Object.fromEntries(
        parameters
          .filter((one) => one.in === place && one.values.length > 0 && (one.required || !isLean))
          .map(({ name, values }) => [name, values[turn % values.length]]),
      );
    const body = isLean && operation.requestBody?.required !== true ? undefined : bodies[turn % bodies.length];
    const path = given('path');
    const call = { path, query: given('query'), headers: given('header'), cookies: given('cookie') };
    return body === undefined ? call : { ...call, ...body, body: identified(operation, path, body.body) };
  });
}

/** A JSON:API document says which resource it changes: the one of the path. */
function identified({ resource }: Operation, path: Readonly<Record<string, unknown>>, body: unknown): unknown {
  if (resource === null || typeof body !== 'object' || body === null || !('data' in body)) return body;
  const id = path[resource.idParameter];
  return { ...body, data: { ...Object(body.data), type: resource.type, id } };
}

function parameterValues(
  document: OpenApiDocument,
  operation: Operation,
  { in: place, name, validate }: Operation['parameters'][number],
  { count, seed }: SampleOptions,
): readonly unknown[] {
  const node = parameterNode(document, operation, place, name);
  const holder = node && (find(document, node, 'content', 'application/json') ?? node);
  // What an empty list or text becomes is the business of the parameters' own tests.
  const isEmpty = (value: unknown): boolean =>
    value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  return holder === null
    ? []
    : samplesOf(document, holder, count, seed).filter((value) => !isEmpty(value) && validate(value).length === 0);
}

function requestBodies(document: OpenApiDocument, operation: Operation, { count, seed }: SampleOptions) {
  const holder = find(document, operationNode(document, operation), 'requestBody');
  return Object.entries(operation.requestBody?.content ?? {}).flatMap(([contentType, { validate }]) => {
    const media = holder && contentNode(document, holder, contentType);
    const values = media === null ? [] : samplesOf(document, media, count, seed);
    return values.filter((body) => validate(body).length === 0).map((body) => ({ contentType, body }));
  });
}

/** Replies that the contract allows. */
export function sampleReplies(
  document: OpenApiDocument,
  operation: Operation,
  options: SampleOptions,
): readonly StubReply[] {
  return Object.entries(operation.responses).flatMap(([key, response]) => {
    const status = statusFor(operation, key);
    const holder = find(document, operationNode(document, operation), 'responses', key);
    if (status === null || holder === null) return [];
    const headers = Object.fromEntries(
      Object.entries(response.headers).flatMap(([name, header]) => {
        const value = headerValue(document, holder, name, header, options);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const contents = Object.entries(response.content);
    if (contents.length === 0) return [{ key, status, body: undefined, headers }];
    return contents.flatMap(([mediaType, { validate }]) => {
      const media = contentNode(document, holder, mediaType);
      const values = media === null ? [] : samplesOf(document, media, options.count, options.seed);
      return values.filter((body) => validate(body).length === 0).map((body) => ({ key, status, body, headers }));
    });
  });
}

/** A status that a range or the default stands for, and that a fetch hands over. */
function statusFor({ responses }: Operation, key: string): number | null {
  if (/^\d+$/.test(key)) return Number(key);
  const first =
    key === 'default' ? (Object.keys(responses).some((one) => one.startsWith('2')) ? 5 : 2) : Number(key[0]);
  const free = [0, 1, 3, 7, 50]
    .map((rest) => first * 100 + rest)
    .find((status) => !Object.hasOwn(responses, String(status)));
  return free ?? null;
}

/** Given by the server itself, or with a meaning that a stub must not touch. */
const ownHeaders: ReadonlySet<string> = new Set([
  ...['x-request-id', 'content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'connection', 'date'],
]);

function headerValue(
  document: OpenApiDocument,
  holder: NonNullable<ReturnType<typeof find>>,
  name: string,
  { validate }: ResponseHeader,
  { count, seed }: SampleOptions,
): unknown {
  if (ownHeaders.has(name)) return undefined;
  const headers = find(document, holder, 'headers');
  const key = Object.keys(Object(headers?.value)).find((one) => one.toLowerCase() === name);
  const node = headers === null || key === undefined ? null : find(document, headers, key);
  const values = node === null ? [] : samplesOf(document, node, count, seed);
  return values.find(
    (value) => validate(value).length === 0 && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(String(value)),
  );
}
