import {
  type Response as DeclaredResponse,
  decodeValue,
  type Operation,
  type ParameterType,
  type ResponseHeader,
  responseFor,
} from '@contract-first/core';
import { ContractViolationError, UndeclaredResponseError } from './errors.ts';
import { type Fault, fault, faultsFrom } from './fault.ts';
import { mediaTypeOf, syntaxOf } from './media-type.ts';

/** A result, whatever its operation. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly response: Response;
} & ({ readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: unknown });

/**
 * Turns a response into a result.
 *
 * @param validate whether the schemas of the contract are applied
 * @throws {@link UndeclaredResponseError} if the contract does not declare such a response
 * @throws {@link ContractViolationError} if it breaks what the contract says of it
 */
export async function readReply(operation: Operation, response: Response, validate: boolean): Promise<Reply> {
  const declared = responseFor(operation, response.status);
  if (declared === null) throw undeclared(operation, response, 'status');
  const body = await readBody(operation, response, declared);
  const { headers, faults } = readHeaders(declared, response.headers);
  if (validate) {
    const all = [...faults, ...bodyFaults(declared, response, body)];
    if (all.length > 0) throw new ContractViolationError(operation.operationId, response.status, all);
  }
  const { ok, status } = response;
  return ok ? { ok, status, data: body, headers, response } : { ok: false, status, error: body, headers, response };
}

async function readBody(operation: Operation, response: Response, declared: DeclaredResponse): Promise<unknown> {
  const bytes = await response.arrayBuffer();
  const mediaTypes = Object.keys(declared.content);
  if (mediaTypes.length === 0 || operation.method === 'head') {
    if (bytes.byteLength > 0) throw undeclared(operation, response, 'body');
    return undefined;
  }
  const mediaType = mediaTypeOf(response.headers);
  if (mediaType === null || !mediaTypes.includes(mediaType)) throw undeclared(operation, response, 'media-type');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return syntaxOf(mediaType) === 'json' ? JSON.parse(text) : text;
  } catch {
    // Without a cause: the parser's message quotes the body.
    throw undeclared(operation, response, 'body');
  }
}

function undeclared(
  operation: Operation,
  response: Response,
  reason: UndeclaredResponseError['reason'],
): UndeclaredResponseError {
  return new UndeclaredResponseError(operation.operationId, reason, response.status, mediaTypeOf(response.headers));
}

function bodyFaults(declared: DeclaredResponse, response: Response, body: unknown): Fault[] {
  const schema = declared.content[mediaTypeOf(response.headers) ?? ''];
  return schema === undefined ? [] : faultsFrom('body', '', schema.validateOpen(body));
}

function readHeaders(
  declared: DeclaredResponse,
  given: Headers,
): { headers: Record<string, unknown>; faults: Fault[] } {
  const headers: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [name, header] of Object.entries(declared.headers)) {
    const text = given.get(name);
    const value = text === null ? undefined : typedValue(text, header.type);
    if (value !== undefined) headers[name] = value;
    faults.push(...headerFaults(name, header, text, value));
  }
  return { headers, faults };
}

function headerFaults(name: string, header: ResponseHeader, text: string | null, value: unknown): Fault[] {
  if (value !== undefined) return faultsFrom('header', name, header.validate(value));
  if (text !== null) return [fault('header', name, 'type', `must be ${header.type}`)];
  // A browser shows the headers of another origin only if Access-Control-Expose-Headers names them.
  return header.required ? [fault('header', name, 'required', 'is required, and missing or hidden by CORS')] : [];
}

/** The value that a header's text stands for; undefined if it is not of the type. */
function typedValue(text: string, type: ParameterType): string | number | boolean | undefined {
  const value = decodeValue(type, text);
  return type === 'string' || typeof value !== 'string' ? value : undefined;
}
