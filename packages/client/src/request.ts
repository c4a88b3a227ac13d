import { encodeQuery, type Operation, type Parameter } from '@contract-first/core';
import { InvalidRequestError } from './errors.ts';
import { type Fault, fault, faultsFrom } from './fault.ts';
import { acceptOf, syntaxOf } from './media-type.ts';

/** The argument of a method, whatever its operation. */
export interface CallArgument {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly contentType?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly idempotent?: boolean | undefined;
}

/** A request, ready for openapi-fetch. */
export interface PreparedRequest {
  readonly params: {
    readonly path: Record<string, unknown>;
    readonly query: Record<string, unknown>;
    readonly header: Record<string, unknown>;
  };
  readonly headers: Readonly<Record<string, string>>;
  /** The query string, without `?`. */
  readonly search: string;
  /** The body as it is sent; undefined for none. */
  readonly body: string | undefined;
}

/**
 * Turns a call into a request.
 *
 * @param validate whether the schemas of the contract are applied; what could not be sent is refused in any case
 * @throws {@link InvalidRequestError} with every fault that was found
 */
export function prepare(operation: Operation, call: CallArgument, validate: boolean): PreparedRequest {
  const body = call.body === undefined ? undefined : serialized(call, mediaTypeFor(operation, call));
  const faults = [...unsendable(operation, call), ...(validate ? violations(operation, call, body) : [])];
  if (faults.length > 0) throw new InvalidRequestError(operation.operationId, faults);
  const accept = acceptOf(operation);
  return {
    params: { path: { ...call.path }, query: { ...call.query }, header: { ...call.headers } },
    headers: {
      ...(accept !== '' && { Accept: accept }),
      ...(body !== undefined && { 'Content-Type': mediaTypeFor(operation, call) ?? '' }),
    },
    search: encodeQuery(operation.parameters, call.query ?? {}),
    body,
  };
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
  'path',
  'query',
  'headers',
  'body',
  'contentType',
  'signal',
  'timeout',
  'idempotent',
];

/** What would vanish without a trace, or reach another resource than the one that was meant. */
function unsendable(operation: Operation, call: CallArgument): Fault[] {
  const faults = Object.keys(call)
    .filter((name) => !members.includes(name))
    .map((name) => fault('call', name, 'unknown', 'does not exist'));
  if (call.body !== undefined && mediaTypeFor(operation, call) === undefined) faults.push(undeclaredBody(operation));
  return [
    ...faults,
    ...unknownNames(operation, 'path', call.path),
    ...pathParameters(operation, call.path ?? {}),
    ...unwritable('path', call.path, isWellFormed),
    ...unwritable('query', call.query, isWellFormed),
    ...unwritable('header', call.headers, isFieldValue),
  ];
}

function undeclaredBody(operation: Operation): Fault {
  const declared = Object.keys(operation.requestBody?.content ?? {});
  if (declared.length === 0) return fault('call', 'body', 'unknown', 'is given, but the operation takes none');
  return fault('call', 'contentType', 'enum', `must be one of ${declared.join(', ')}`);
}

function pathParameters(operation: Operation, path: Readonly<Record<string, unknown>>): Fault[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap(({ name }) => {
      const text = String(path[name] ?? '');
      // An empty segment names another path, and dot segments are removed from a URL (RFC 3986 §5.2.4).
      if (text === '') return [fault('path', name, 'required', 'is required and must not be empty')];
      return text === '.' || text === '..' ? [fault('path', name, 'not', 'must not be a dot segment')] : [];
    });
}

/** Text that a URL or a header cannot hold. The platform's own error would not name the parameter, but quote it. */
function unwritable(part: Fault['in'], given: object | undefined, isWritable: (text: string) => boolean): Fault[] {
  return Object.entries(given ?? {})
    .filter(([, value]) => value !== undefined && !isWritable(String(value)))
    .map(([name]) => fault(part, name, 'format', 'has characters that cannot be sent there'));
}

/** Has no lone surrogate, which percent-encoding has no octets for (RFC 3986 §2.5). */
const isWellFormed = (text: string): boolean => text.isWellFormed();

/** Visible characters, blanks, tabs and octets above ASCII (RFC 9110 §5.5). */
const isFieldValue = (text: string): boolean => /^[\t -~\x80-\xff]*$/.test(text);

function violations(operation: Operation, call: CallArgument, body: string | undefined): Fault[] {
  return [
    ...unknownNames(operation, 'query', call.query),
    ...unknownNames(operation, 'header', call.headers),
    ...parameterFaults(operation.parameters, call),
    ...bodyFaults(operation, call, body),
  ];
}

function unknownNames(operation: Operation, part: Parameter['in'], given: object | undefined): Fault[] {
  return Object.keys(given ?? {})
    .filter((name) => !operation.parameters.some((parameter) => parameter.in === part && isNamed(parameter, name)))
    .map((name) => fault(part, name, 'unknown', 'does not exist'));
}

/** Header names are case-insensitive (RFC 9110 §5.1). */
function isNamed(parameter: Parameter, name: string): boolean {
  return parameter.in === 'header' ? parameter.name.toLowerCase() === name.toLowerCase() : parameter.name === name;
}

function parameterFaults(parameters: readonly Parameter[], call: CallArgument): Fault[] {
  const given = { path: call.path, query: call.query, header: call.headers };
  return parameters.flatMap((parameter) => {
    const [, value] = Object.entries(given[parameter.in] ?? {}).find(([name]) => isNamed(parameter, name)) ?? [];
    if (value !== undefined) return faultsFrom(parameter.in, parameter.name, parameter.validate(value));
    // A missing path parameter has been reported already.
    const isMissing = parameter.required && parameter.in !== 'path';
    return isMissing ? [fault(parameter.in, parameter.name, 'required', 'is required')] : [];
  });
}

function bodyFaults(operation: Operation, call: CallArgument, body: string | undefined): Fault[] {
  if (body === undefined)
    return operation.requestBody?.required ? [fault('call', 'body', 'required', 'is required')] : [];
  const mediaType = mediaTypeFor(operation, call);
  const schema = mediaType === undefined ? undefined : operation.requestBody?.content[mediaType];
  if (mediaType === undefined || schema === undefined) return [];
  // What is sent is checked, not what was given: JSON has no undefined, and dates become strings.
  return faultsFrom('body', '', schema.validate(syntaxOf(mediaType) === 'json' ? JSON.parse(body) : body));
}
