import { expect } from 'vitest';
import { TEST_USER } from './issuer.ts';
import type { RawResponse } from './raw-request.ts';
import { type Body, type ErrorObject, JSON_API, type ServiceResponse, type TestService } from './service.ts';

/** What a test expects of one error object. Without `source` the error must have none. */
export interface ExpectedError {
  readonly code: string;
  readonly source?: ErrorObject['source'];
}

/** Fails unless the response is exactly this refusal: status, every code with its source, and all that errors share. */
export function expectRefusal(response: ServiceResponse, status: number, ...errors: readonly ExpectedError[]): void {
  expect(response.body.errors?.map(codeAndSource).sort()).toEqual(errors.map(codeAndSource).sort());
  expectErrorDocument(response, status);
}

/** What every refusal has, whatever it is about: the media type, the request's id, a status that agrees. */
export function expectErrorDocument(response: ServiceResponse, status: number): void {
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toBe(JSON_API);
  expect(response.headers['content-length']).toBe(String(Buffer.byteLength(response.text)));
  expect(response.headers['cache-control']).toBe('no-store');
  const requestId = response.headers['x-request-id'];
  expect(requestId).toMatch(/^[\w-]{8,}$/);
  expect(Object.keys(response.body)).toEqual(['errors']);
  expect(response.body.errors.length).toBeGreaterThan(0);
  const shared = response.body.errors.map((error) => [error.id, error.status]);
  expect(new Set(shared.map(String))).toEqual(new Set([String([requestId, String(status)])]));
  for (const { title, detail } of response.body.errors) expect([title, detail].every(Boolean)).toBe(true);
}

function codeAndSource({ code, source }: ExpectedError): string {
  return `${code} ${JSON.stringify(source ?? null)}`;
}

/** Fails unless the record is, version included, what it was before the work. */
export async function leavingRecord<T>(service: TestService, work: () => Promise<T>): Promise<T> {
  const before = await service.users.get(TEST_USER);
  const result = await work();
  expect(before).not.toBeNull();
  expect(await service.users.get(TEST_USER)).toEqual(before);
  return result;
}

/** A raw response in the form that the other helpers take. */
export function responseOf({ status, headers, body: text }: RawResponse): ServiceResponse {
  const values = [...headers].map(([name, lines]) => [name, lines.join(', ')]);
  // Tests read the members that they expect; what is missing shows as undefined and fails the comparison.
  const body = (text === '' ? {} : JSON.parse(text)) as Body;
  return { status, headers: Object.fromEntries(values), text, body };
}
