import { TEST_USER } from '@contract-first/testing';
import { expect } from 'vitest';
import { type ErrorObject, JSON_API, type TestService } from './service.ts';

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

/** Sends another request: a change that were still under way would be stored before its answer. */
export async function settle(service: TestService): Promise<void> {
  expect((await service.patch({})).status).toBe(200);
}

/** Runs what must change nothing, and compares the test user's row before and after. */
export async function expectUnchanged<Result>(service: TestService, run: () => Promise<Result>): Promise<Result> {
  const before = await service.users.get(TEST_USER);
  const result = await run();
  expect(before).not.toBeNull();
  expect(await service.users.get(TEST_USER)).toEqual(before);
  return result;
}
