import { expect } from 'vitest';
import { type ErrorObject, JSON_API, type ServiceResponse, summary } from './exchange.ts';

/** A reply of either kind of client. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Expects a complete error reply with one error: status, code and source, the media type without parameters, the
 * headers of every reply, and the request id in both places.
 */
export function expectRefusal(
  reply: Reply,
  status: number,
  code: string,
  source: ErrorObject['source'] | null = null,
): void {
  const document: unknown = typeof reply.body === 'string' ? JSON.parse(reply.body) : reply.body;
  const id = reply.headers['x-request-id'];
  expect(id).toMatch(/^[0-9A-Za-z._~+/=-]{1,128}$/);
  const error = { id, status: String(status), code, title: expect.any(String), detail: expect.any(String) };
  expect(document).toEqual({ errors: [{ ...error, ...(source && { source }) }] });
  expect(reply.status).toBe(status);
  expectStandardHeaders(reply);
  expect(reply.headers['content-type']).toBe(JSON_API);
}

/** Expects the headers of every reply, and none that tells what the server is made of. */
export function expectStandardHeaders({ headers }: Reply): void {
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  expect(headers).toHaveProperty('x-request-id');
  expect(headers).toHaveProperty('date');
  expect(headers).not.toHaveProperty('server');
  expect(headers).not.toHaveProperty('x-powered-by');
}

/**
 * Checks a refusal as a whole.
 *
 * @param faults `code source` of each error, `-` without a source
 */
export function expectFaults(response: ServiceResponse, status: number, ...faults: readonly string[]): void {
  expect({ status: response.status, faults: summary(response) }).toEqual({ status, faults: [...faults].sort() });
  expectErrorDocument(response, status);
}

/** What every refusal has, whatever it is about: the media type, the request's id, its own status. */
export function expectErrorDocument(response: ServiceResponse, status: number): void {
  const { headers, body, text } = response;
  expect(response.status).toBe(status);
  expect(headers).toMatchObject({
    'content-type': JSON_API,
    'content-length': String(Buffer.byteLength(text)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(Object.keys(body)).toEqual(['errors']);
  expect(body.errors.length).toBeGreaterThan(0);
  for (const error of body.errors) expectError(error, status, headers['x-request-id']);
}

function expectError({ id, source, ...error }: ErrorObject, status: number, requestId: string | undefined): void {
  expect(id).toMatch(/^[0-9A-Za-z._~+/=-]{1,128}$/);
  expect(id).toBe(requestId);
  expect(error.status).toBe(String(status));
  expect([error.code, error.title, error.detail].every(Boolean)).toBe(true);
  if (source !== undefined) expectSource(source);
}

/** Exactly one place, in its own notation, so that a header is never told as a pointer. */
function expectSource(source: NonNullable<ErrorObject['source']>): void {
  expect(Object.keys(source)).toHaveLength(1);
  if (source.pointer !== undefined) expect(source.pointer).toMatch(/^(?:\/|$)/);
  else if (source.header !== undefined) expect(source.header).toMatch(/^[A-Z][a-z]+(?:-[A-Z][a-z]+)*$/);
  else expect(source.parameter).toBeTypeOf('string');
}
