import { expect } from 'vitest';
import { type ErrorObject, JSON_API, type ServiceResponse } from './service.ts';

/** What every refusal has, whatever it is about (rules J13, H19): the media type, the request's id, its own status. */
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
