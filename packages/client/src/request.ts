import type { Operation } from '@contract-first/core';
import { InvalidRequestError } from './errors.ts';
import { type Fault, fault, faultsFrom } from './fault.ts';
import { acceptOf, syntaxOf } from './media-type.ts';
import { type ParameterValues, parametersWriter } from './parameters.ts';

/** The argument of a method, whatever its operation. */
export interface CallArgument extends ParameterValues {
  readonly body?: unknown;
  readonly contentType?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly idempotent?: boolean | undefined;
}

/** A request, ready for openapi-fetch. */
export interface PreparedRequest {
  /** The path of the operation with its parameters. */
  readonly path: string;
  /** The query string, without `?`. */
  readonly query: string;
  readonly headers: Headers;
  /** The body as it is sent; undefined for none. */
  readonly body: string | undefined;
}

/**
 * Turns a call into a request.
 *
 * @param validate whether the schemas of the contract are applied; what could not be sent is refused in any case
 * @throws {@link InvalidRequestError} with every fault that was found
 */
export type Prepare = (call: CallArgument, validate: boolean) => PreparedRequest;

/** Makes what prepares the requests of an operation. */
export function preparation(operation: Operation): Prepare {
  const writeParameters = parametersWriter(operation);
  const accept = acceptOf(operation);
  return (call, validate) => {
    const mediaType = mediaTypeFor(operation, call);
    const body = call.body === undefined ? undefined : serialized(call, mediaType);
    const { path, query, headers, faults } = writeParameters(call, validate);
    const all = [
      ...unsendable(operation, call),
      ...faults,
      ...(validate ? bodyFaults(operation, mediaType, body) : []),
    ];
    if (all.length > 0) throw new InvalidRequestError(operation.operationId, all);
    const ours = [
      ...(accept === '' ? [] : [['Accept', accept] as const]),
      ...(body === undefined ? [] : [['Content-Type', mediaType ?? ''] as const]),
    ];
    return { path, query, headers: headersOf([...ours, ...headers]), body };
  };
}

/** Later ones replace earlier ones of the same name. */
function headersOf(fields: readonly (readonly [name: string, value: string])[]): Headers {
  const headers = new Headers();
  for (const [name, value] of fields) headers.set(name, value);
  return headers;
}

function mediaTypeFor(operation: Operation, call: CallArgument): string | undefined {
  const declared = Object.keys(operation.requestBody?.content ?? {});
  if (call.contentType !== undefined) return declared.find((mediaType) => mediaType === call.contentType);
  return declared.length === 1 ? declared[0] : undefined;
}

function serialized(call: CallArgument, mediaType: string | undefined): string {
  if (mediaType !== undefined && syntaxOf(mediaType) === 'text') return String(call.body);
  return JSON.stringify(call.body);
}

const members: readonly string[] = [
  ...['path', 'query', 'headers', 'cookies', 'body', 'contentType', 'signal', 'timeout', 'idempotent'],
];

/** What would vanish without a trace. */
function unsendable(operation: Operation, call: CallArgument): Fault[] {
  const faults = Object.keys(call)
    .filter((name) => !members.includes(name))
    .map((name) => fault('call', name, 'unknown', 'does not exist'));
  if (call.body !== undefined && mediaTypeFor(operation, call) === undefined) faults.push(undeclaredBody(operation));
  return faults;
}

function undeclaredBody(operation: Operation): Fault {
  const declared = Object.keys(operation.requestBody?.content ?? {});
  if (declared.length === 0) return fault('call', 'body', 'unknown', 'is given, but the operation takes none');
  return fault('call', 'contentType', 'enum', `must be one of ${declared.join(', ')}`);
}

function bodyFaults(operation: Operation, mediaType: string | undefined, body: string | undefined): Fault[] {
  if (body === undefined)
    return operation.requestBody?.required ? [fault('call', 'body', 'required', 'is required')] : [];
  const schema = mediaType === undefined ? undefined : operation.requestBody?.content[mediaType];
  if (mediaType === undefined || schema === undefined) return [];
  // What is sent is checked, not what was given: JSON has no undefined, and dates become strings.
  return faultsFrom('body', '', schema.validate(syntaxOf(mediaType) === 'json' ? JSON.parse(body) : body));
}
