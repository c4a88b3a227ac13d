import { invalidRequestStatus, invalidStatusOf, JSON_API, type Operation } from '@contract-first/core';
import { type AnyContract, successStatus } from '../check/operations.ts';
import type { FieldLines } from '../exchange/exchange.ts';
import {
  contentNode,
  find,
  type Node,
  type OpenApiDocument,
  operationNode,
  parameterNode,
  requestSchema,
} from '../schema/document.ts';
import type { GoodRequest, ProbeEnvironment } from './environment.ts';
import type { Expectation, Probe, ProbeRequest } from './probe.ts';
import { samplesOf } from './samples.ts';
import { type ParameterValues, writtenPairs, writtenParameter, writtenPath } from './written-parameters.ts';

/** An operation and all that is needed to make probes of it. */
export interface Subject {
  readonly contract: AnyContract;
  readonly document: OpenApiDocument;
  readonly environment: ProbeEnvironment;
  readonly operation: Operation;
  /** The lowest declared status of success. */
  readonly success: number;
  /** The status of a request that breaks the contract. */
  readonly invalidStatus: 400 | 422;
  readonly path: ParameterValues;
  readonly query: ParameterValues;
  /** Besides Authorization, Content-Type and Cookie. */
  readonly headers: ParameterValues;
  readonly cookies: ParameterValues;
  /** The media type of the good body; null without one. */
  readonly mediaType: string | null;
  readonly body: unknown;
  /** The schema of the good body; null without one. */
  readonly bodySchema: Node | null;
}

/** How a probe's request differs from the good one. */
export interface Change {
  /** The probe's token; null sends none. The default is a valid one with the operation's scopes. */
  readonly token?: string | null;
  /** Replaces the good path parameters of the same names. */
  readonly path?: ParameterValues;
  /** Replaces the good query; it is not encoded any more. */
  readonly query?: string;
  readonly method?: string;
  /** Field lines that replace the good ones of the same names; null leaves one out. */
  readonly headers?: readonly (readonly [name: string, value: string | null])[];
  /** Replaces the good body: bytes as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly withoutBody?: boolean;
}

/**
 * @returns null if the operation declares no exact status of success
 * @throws {Error} that names the operation and what the environment has to bring, if no good request can be made
 */
export function subjectOf(
  contract: AnyContract,
  document: OpenApiDocument,
  environment: ProbeEnvironment,
  operation: Operation,
): Subject | null {
  const success = successStatus(operation);
  if (success === null) return null;
  const given = environment.requests?.[operation.operationId] ?? {};
  const mediaType = Object.keys(operation.requestBody?.content ?? {})[0] ?? null;
  const bodySchema = mediaType === null ? null : requestSchema(document, operation, mediaType);
  const body = bodySchema === null || mediaType === null ? undefined : goodBody(document, operation, mediaType, given);
  return {
    ...{ contract, document, environment, operation, success, mediaType, bodySchema, body },
    invalidStatus: invalidStatusOf(operation, invalidRequestStatus(Object.values(contract.operations))),
    path: { ...exampleParameters(document, operation, 'path', given.path), ...given.path },
    query: { ...exampleParameters(document, operation, 'query', given.query), ...given.query },
    headers: { ...exampleParameters(document, operation, 'header', given.headers), ...given.headers },
    cookies: { ...exampleParameters(document, operation, 'cookie', given.cookies), ...given.cookies },
  };
}

/** Values of the required parameters; optional ones are left out. */
function exampleParameters(
  document: OpenApiDocument,
  operation: Operation,
  place: string,
  given: ParameterValues = {},
): ParameterValues {
  const needed = operation.parameters.filter(
    (parameter) => parameter.in === place && parameter.required && given[parameter.name] === undefined,
  );
  const entries = needed.map(({ name, validate }) => {
    const node = parameterNode(document, operation, place, name);
    const holder = node && (find(document, node, 'content', 'application/json') ?? node);
    const samples = holder === null ? [] : samplesOf(document, holder, 20, SEED);
    // Of a path an empty segment would be another one.
    const example = samples.find((sample) => sample !== '' && validate(sample).length === 0);
    if (example === undefined)
      throw new Error(`${operation.operationId}: give the ${place} parameter ${name} an example, or one in requests`);
    return [name, example] as const;
  });
  return Object.fromEntries(entries);
}

const SEED = 1;

/** The largest valid example: it has the most members to change. */
function goodBody(document: OpenApiDocument, operation: Operation, mediaType: string, given: GoodRequest): unknown {
  if (given.body !== undefined) return given.body;
  const holder = find(document, operationNode(document, operation), 'requestBody');
  const media = holder && contentNode(document, holder, mediaType);
  const samples = media === null ? [] : samplesOf(document, media, 0, SEED);
  const [best] = [...samples].sort((one, other) => JSON.stringify(other).length - JSON.stringify(one).length);
  if (best === undefined)
    throw new Error(`${operation.operationId}: give the ${mediaType} body an example, or one in requests`);
  return best;
}

/** A probe of a request that differs from the good one in one thing. */
export function probe(subject: Subject, title: string, change: Change, expected: Expectation): Probe {
  const { operationId } = subject.operation;
  const status = expected.status === 422 ? subject.invalidStatus : expected.status;
  const [, rule = '', rest = title] = /^([A-Z][0-9]+ )?(.*)$/.exec(title) ?? [];
  return {
    name: `${rule}${operationId} ${rest}: ${status}`,
    operationId,
    request: requestOf(subject, change),
    expected: { ...expected, status },
  };
}

function requestOf(subject: Subject, change: Change): ProbeRequest {
  const { operation } = subject;
  const method = change.method ?? operation.method.toUpperCase();
  const body = change.withoutBody === true ? undefined : bodyBytes('body' in change ? change.body : subject.body);
  const request = {
    method,
    target: targetOf(subject, change),
    headers: headersOf(subject, change, body !== undefined),
  };
  return body === undefined ? request : { ...request, body };
}

function bodyBytes(body: unknown): Uint8Array | undefined {
  if (body === undefined || body instanceof Uint8Array) return body;
  return Buffer.from(JSON.stringify(body));
}

function targetOf({ contract, operation, path, query }: Subject, change: Change): string {
  const filled = writtenPath(operation, { ...path, ...change.path });
  const search = change.query ?? writtenPairs(operation, 'query', query).join('&');
  return `${contract.basePath}${filled}${search === '' ? '' : `?${search}`}`;
}

function headersOf(subject: Subject, change: Change, hasBody: boolean): FieldLines {
  const token = change.token === undefined ? validToken(subject) : change.token;
  const cookie = writtenPairs(subject.operation, 'cookie', subject.cookies).join('; ');
  const good: FieldLines = [
    ...(token === null ? [] : [['authorization', `Bearer ${token}`] as const]),
    ...(hasBody && subject.mediaType !== null ? [['content-type', subject.mediaType] as const] : []),
    ...Object.entries(subject.headers).map(
      ([name, value]) => [name, headerText(subject.operation, name, value)] as const,
    ),
    ...(cookie === '' ? [] : [['cookie', cookie] as const]),
  ];
  const changed = (change.headers ?? []).filter((line): line is readonly [string, string] => line[1] !== null);
  const names = new Set((change.headers ?? []).map(([name]) => name.toLowerCase()));
  return [...good.filter(([name]) => !names.has(name.toLowerCase())), ...changed];
}

function headerText({ parameters }: Operation, name: string, value: unknown): string {
  const parameter = parameters.find((each) => each.in === 'header' && each.name.toLowerCase() === name.toLowerCase());
  return parameter === undefined ? String(value) : writtenParameter(parameter, value).join();
}

/** A token that satisfies the first alternative; null on a public operation. */
export function validToken({ environment, operation }: Subject): string | null {
  return operation.security.length === 0 ? null : environment.tokens.valid(scopesOf(operation));
}

/** The scopes of the first security alternative. */
export function scopesOf({ security }: Operation): readonly string[] {
  return [...new Set(Object.values(security[0] ?? {}).flat())];
}

export function takesJsonApi({ mediaType }: Subject): boolean {
  return mediaType === JSON_API;
}
