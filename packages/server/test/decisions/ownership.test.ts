import { randomUUID } from 'node:crypto';
import { expectFaults, head, rawRequest } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleProfile, PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const OTHER = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';
const MISSING = '11111111-2222-4333-8444-555555555555';
const ADMIN = 'profiles:read profiles:write profiles:admin';

beforeAll(() => service.profiles.import([exampleProfile(OTHER)]));

/** The whole answer as it came over the wire, without what differs between any two requests. */
async function answerTo(id: string, method: string, headers: readonly string[], attributes: unknown): Promise<string> {
  const body = method === 'PATCH' ? JSON.stringify(updateDocument(attributes, { id })) : '';
  const lines = [
    `${method} /people/v1/profiles/${id} HTTP/1.1`,
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

describe("D3 somebody else's id", () => {
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
      const existing = await answerTo(OTHER, method, headers, { displayName: 'Nobody' });
      expect(existing).toMatch(/^HTTP\/1\.1 403 /);
      expect(existing).toContain('"code":"not-owner"');
      expect(await answerTo(MISSING, method, headers, { displayName: 'Nobody' })).toBe(existing);
      expect(await answerTo(OTHER, method, headers, { createdAt: '2000-01-01T00:00:00Z' })).toBe(existing);
      expect(service.storeCalls.count).toBe(count);
    },
  );

  test('D3 whatever the id and the document are', async () => {
    const { count } = service.storeCalls;
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.constantFrom('GET', 'PATCH'), fc.json(), async (id, method, body) => {
        const request = method === 'PATCH' ? { method, body } : { method };
        const response = await service.send({ path: `/profiles/${id}`, ...request });
        expectFaults(response, 403, 'not-owner Authorization');
        expect(response.headers).not.toHaveProperty('www-authenticate');
      }),
      { numRuns: 100 },
    );
    expect(service.storeCalls.count).toBe(count);
  });
});

describe('D3 the scope profiles:admin', () => {
  const token = () => service.token({ sub: randomUUID(), scope: ADMIN });

  test('D3 may act on any profile', async () => {
    const path = `/profiles/${OTHER}`;
    expect((await service.send({ path, token: token() })).body.data.id).toBe(OTHER);
    const body = updateDocument({ displayName: 'Ford' }, { id: OTHER });
    const changed = await expectUnchanged(service, () => service.send({ method: 'PATCH', path, token: token(), body }));
    expect(changed.body.data.attributes['displayName']).toBe('Ford');
  });

  test('D3 learns that a record is missing', async () => {
    const path = `/profiles/${MISSING}`;
    expectFaults(await service.send({ path, token: token() }), 404, 'not-found -');
    const body = updateDocument({ displayName: 'Ford' }, { id: MISSING });
    expectFaults(await service.send({ method: 'PATCH', path, token: token(), body }), 404, 'not-found -');
    expect(await service.profiles.get(MISSING)).toBeNull();
  });

  test.each(['profiles:admin:x', 'profiles:administrator', 'USER:USERS:ADMIN', 'admin', 'profiles:*'])(
    'D3 is not the scope %s',
    async (scope) => {
      const { count } = service.storeCalls;
      const response = await service.send({
        path: `/profiles/${OTHER}`,
        token: service.token({ scope: `profiles:read ${scope}` }),
      });
      expectFaults(response, 403, 'not-owner Authorization');
      expect(service.storeCalls.count).toBe(count);
    },
  );

  test('D3, A5 does not stand for the scope of the operation', async () => {
    const response = await service.send({
      path: `/profiles/${OTHER}`,
      token: service.token({ scope: 'profiles:admin' }),
    });
    expectFaults(response, 403, 'insufficient-scope Authorization');
  });
});

test('D3 a missing record of one’s own is answered with 404', async () => {
  const token = service.token({ sub: MISSING });
  const path = `/profiles/${MISSING}`;
  expectFaults(await service.send({ path, token }), 404, 'not-found -');
  for (const attributes of [{}, { displayName: 'Ford' }, { createdAt: '2021-09-01T23:12:56Z' }]) {
    const body = updateDocument(attributes, { id: MISSING });
    expectFaults(await service.send({ method: 'PATCH', path, token, body }), 404, 'not-found -');
  }
  expect(await service.profiles.get(MISSING)).toBeNull();
});

test('D3, J16 one’s own id in upper case is one’s own', async () => {
  const path = `/profiles/${PROFILE_ID.toUpperCase()}`;
  expect((await service.send({ path })).body.data.id).toBe(PROFILE_ID);
  expect((await service.patch({}, { path })).status).toBe(200);
});
