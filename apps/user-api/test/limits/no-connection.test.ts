import type { ServiceRequest } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { startService, type TestService, updateDocument } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

const service = await startService();
const limited = await startService({ app: { rateLimit: 1 } });
const limitedSubject = await startService({ app: { rateLimitSubject: 1 } });
afterAll(async () => {
  for (const each of [service, limited, limitedSubject]) await each.close();
});

const body = updateDocument({ firstName: 'Jane' });
const PATCH = { method: 'PATCH', body };
const OTHER = userPath('7f3c1e52-0d43-4a53-9a57-3b9d8e0b6c11');

const refusals: readonly (readonly [status: number, what: string, request: ServiceRequest])[] = [
  [404, 'an unknown path', { path: '/people' }],
  [404, 'an id that is no uuid', { path: userPath('1') }],
  [405, 'a method that is not offered', { method: 'POST' }],
  [401, 'no token', { ...PATCH, token: null }],
  [401, 'a foreign token', { ...PATCH, token: 'a.b.c' }],
  [403, 'a token without the scope', { ...PATCH, token: service.token({ scope: 'user:users:read' }) }],
  [403, "another user's record", { ...PATCH, path: OTHER }],
  [406, 'an Accept header that excludes everything', { ...PATCH, headers: { accept: 'text/html' } }],
  [415, 'a foreign media type', { ...PATCH, headers: { 'content-type': 'text/plain' } }],
  [413, 'a body that is too large', { ...PATCH, body: 'x'.repeat(70_000) }],
  [422, 'a body that is no JSON', { ...PATCH, body: '{' }],
  [422, 'an unknown attribute', { ...PATCH, body: updateDocument({ nickname: 'x' }) }],
  [
    422,
    'an unknown query parameter',
    { path: `${OTHER.replace(/[^/]+$/, 'c0daf39b-4df5-4241-9e7d-b1b85f829090')}?x=1` },
  ],
];

test.each(refusals)('R7 a %i for %s takes no connection to the database', async (status, _what, request) => {
  await expectNoCall(service, request, status);
});

test.each([
  ['an address', limited],
  ['a subject', limitedSubject],
])('R7 a 429 for %s takes no connection to the database', async (_what, each) => {
  expect((await each.send()).status).toBe(200);
  await expectNoCall(each, {}, 429);
});

async function expectNoCall(each: TestService, request: ServiceRequest, status: number): Promise<void> {
  const calls = each.storeCalls.count;
  const response = await each.send(request);
  expect({ status: response.status, calls: each.storeCalls.count - calls }).toEqual({ status, calls: 0 });
}
