import { rawExchange, requestHead, summary, TEST_USER } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { USER_PATH } from '../support/requests.ts';
import { JSON_API, startService, updateDocument } from '../support/service.ts';

// The order of the server's own checks is tested with the server; here they are those of the service, whose handlers
// add the last three.

const service = await startService();
afterAll(() => service.close());

const MISSING = '11111111-2222-4333-8444-555555555555';
const otherUser = { sub: '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20' };

/** A request that has every fault which is not mended. */
function requestWithout(mended: ReadonlySet<string>): string {
  const has = (fault: string): boolean => !mended.has(fault);
  const id = has('record') ? MISSING : TEST_USER;
  const own = has('owner') ? otherUser : { sub: id };
  const token = service.token({
    ...own,
    ...(has('token') && { exp: 1 }),
    ...(has('scope') && { scope: 'user:users:read' }),
  });
  const gender = has('document') ? { gender: 'neuter' } : {};
  const createdAt = has('read-only') ? { createdAt: '2000-01-01T00:00:00Z' } : {};
  const body = JSON.stringify(updateDocument({ ...gender, ...createdAt }, { id })).padEnd(has('size') ? 70_000 : 0);
  const path = USER_PATH.replace(TEST_USER, has('path') ? `people/${id}` : id);
  const lines = [
    `authorization: Bearer ${token}`,
    `accept: ${has('accept') ? 'text/html' : JSON_API}`,
    `content-type: ${has('content-type') ? 'application/json' : JSON_API}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...(has('host') ? ['host: a', 'host: b'] : []),
    ...(has('precondition') ? ['if-match: "99"'] : []),
  ];
  return requestHead(has('method') ? 'DELETE' : 'PATCH', path, ...lines) + body;
}

test('D10 of a request with every fault the first one is told, and each that is mended leads to the next', async () => {
  const order = [
    ['host', 400, 'bad-request Host'],
    ['path', 404, 'not-found -'],
    ['method', 405, 'method-not-allowed -'],
    ['token', 401, 'invalid-token Authorization'],
    ['scope', 403, 'insufficient-scope Authorization'],
    ['owner', 403, 'not-owner Authorization'],
    ['accept', 406, 'not-acceptable Accept'],
    ['content-type', 415, 'unsupported-media-type Content-Type'],
    ['size', 413, 'content-too-large -'],
    ['document', 422, 'invalid-value /data/attributes/gender'],
    ['record', 404, 'not-found -'],
    ['precondition', 412, 'precondition-failed If-Match'],
    ['read-only', 403, 'read-only-attribute /data/attributes/createdAt'],
  ] as const;
  const mended = new Set<string>();
  for (const [fault, status, told] of order) {
    const response = await rawExchange(service, requestWithout(mended));
    expect([fault, response.status, summary(response)]).toEqual([fault, status, [told]]);
    mended.add(fault);
  }
  expect((await rawExchange(service, requestWithout(mended))).status).toBe(200);
});
