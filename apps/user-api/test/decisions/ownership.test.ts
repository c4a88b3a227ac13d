import { randomUUID } from 'node:crypto';
import { head, rawRequest, TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectFaults, expectUntouched } from '../support/error-reply.ts';
import { exampleUser, startService, updateDocument } from '../support/service.ts';

const service = await startService();
afterAll(() => service.close());

const OTHER = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';
const MISSING = '11111111-2222-4333-8444-555555555555';
const ADMIN = 'user:users:read user:users:write user:users:admin';

beforeAll(() => service.users.import([exampleUser(OTHER)]));

/** The whole answer as it came over the wire, without what differs between any two requests. */
async function answerTo(id: string, method: string, headers: readonly string[], attributes: unknown): Promise<string> {
  const body = method === 'PATCH' ? JSON.stringify(updateDocument(attributes, { id })) : '';
  const lines = [
    `${method} /user/2022-1/users/${id} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    'X-Request-Id: same',
    `Authorization: Bearer ${service.token()}`,
    ...(method === 'PATCH' ? ['Content-Type: application/vnd.api+json', `Content-Length: ${body.length}`] : []),
    ...headers,
  ];
  const { text } = await rawRequest(service.url, [head(...lines) + body]);
  return text.replace(/^date: .*\r\n/im, '');
}

describe("D3 another user's id", () => {
  test.each([
    ['GET', []],
    ['GET', ['If-None-Match: "1"']],
    ['GET', ['If-Match: "1"']],
    ['PATCH', []],
    ['PATCH', ['If-Match: "1"']],
    ['PATCH', ['Accept: text/html']],
  ])(
    'D3 %s %j gets the same bytes whether the record exists or not, and asks the store nothing',
    async (method, headers) => {
      const { count } = service.storeCalls;
      const existing = await answerTo(OTHER, method, headers, { firstName: 'Nobody' });
      expect(existing).toMatch(/^HTTP\/1\.1 403 /);
      expect(existing).toContain('"code":"not-owner"');
      expect(await answerTo(MISSING, method, headers, { firstName: 'Nobody' })).toBe(existing);
      expect(await answerTo(OTHER, method, headers, { createdAt: '2000-01-01T00:00:00Z' })).toBe(existing);
      expect(service.storeCalls.count).toBe(count);
    },
  );

  test('D3 whatever the id and the document are', async () => {
    const { count } = service.storeCalls;
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.constantFrom('GET', 'PATCH'), fc.json(), async (id, method, body) => {
        const request = method === 'PATCH' ? { method, body } : { method };
        const response = await service.send({ path: `/users/${id}`, ...request });
        expectFaults(response, 403, 'not-owner Authorization');
        expect(response.headers).not.toHaveProperty('www-authenticate');
      }),
      { numRuns: 100 },
    );
    expect(service.storeCalls.count).toBe(count);
  });
});

describe('D3 the scope user:users:admin', () => {
  const token = () => service.token({ sub: randomUUID(), scope: ADMIN });

  test('D3 may act on any user', async () => {
    const path = `/users/${OTHER}`;
    expect((await service.send({ path, token: token() })).body.data.id).toBe(OTHER);
    const body = updateDocument({ firstName: 'Ford' }, { id: OTHER });
    const changed = await expectUntouched(service, TEST_USER, () =>
      service.send({ method: 'PATCH', path, token: token(), body }),
    );
    expect(changed.body.data.attributes['firstName']).toBe('Ford');
  });

  test('D3 learns that a record is missing', async () => {
    const path = `/users/${MISSING}`;
    expectFaults(await service.send({ path, token: token() }), 404, 'not-found -');
    const body = updateDocument({ firstName: 'Ford' }, { id: MISSING });
    expectFaults(await service.send({ method: 'PATCH', path, token: token(), body }), 404, 'not-found -');
    expect(await service.users.get(MISSING)).toBeNull();
  });

  test.each(['user:users:admin:x', 'user:users:administrator', 'USER:USERS:ADMIN', 'admin', 'user:users:*'])(
    'D3 is not the scope %s',
    async (scope) => {
      const { count } = service.storeCalls;
      const response = await service.send({
        path: `/users/${OTHER}`,
        token: service.token({ scope: `user:users:read ${scope}` }),
      });
      expectFaults(response, 403, 'not-owner Authorization');
      expect(service.storeCalls.count).toBe(count);
    },
  );

  test('D3, A5 does not stand for the scope of the operation', async () => {
    const response = await service.send({
      path: `/users/${OTHER}`,
      token: service.token({ scope: 'user:users:admin' }),
    });
    expectFaults(response, 403, 'insufficient-scope Authorization');
  });
});

test('D3 a missing record of one’s own is answered with 404', async () => {
  const token = service.token({ sub: MISSING });
  const path = `/users/${MISSING}`;
  expectFaults(await service.send({ path, token }), 404, 'not-found -');
  for (const attributes of [{}, { firstName: 'Ford' }, { createdAt: '2021-09-01T23:12:56Z' }]) {
    const body = updateDocument(attributes, { id: MISSING });
    expectFaults(await service.send({ method: 'PATCH', path, token, body }), 404, 'not-found -');
  }
  expect(await service.users.get(MISSING)).toBeNull();
});

test('D3, J16 one’s own id in upper case is one’s own', async () => {
  const path = `/users/${TEST_USER.toUpperCase()}`;
  expect((await service.send({ path })).body.data.id).toBe(TEST_USER);
  expect((await service.patch({}, { path })).status).toBe(200);
});
