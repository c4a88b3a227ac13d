import { expectFaults, TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { UserRow } from '../../src/storage/user-store.ts';
import { EXAMPLE_ATTRIBUTES, startService, updateDocument } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { userPath } from '../support/user-path.ts';

const service = await startService();
afterAll(() => service.close());

let before: UserRow | null;

beforeEach(async () => {
  before = await service.users.get(TEST_USER);
});

const OTHER = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';

/** What an attacker would like to set, in the spellings that frameworks map to each other. */
const wishes: readonly (readonly [string, unknown])[] = [
  ...['id', 'userId', 'user_id', 'sub', 'subject', 'owner'].map((name) => [name, OTHER] as const),
  ...['type', 'role', 'roles', 'scope', 'scopes', 'permissions'].map((name) => [name, 'admin'] as const),
  ...['isAdmin', 'is_admin', 'admin', 'emailVerified', 'email_verified'].map((name) => [name, true] as const),
  ...['version', 'updatedAt', 'updated_at', 'created_at', 'CreatedAt', 'createdat'].map((name) => [name, 99] as const),
  ...['attributes', 'data', '$set', 'first_name', 'FirstName'].map((name) => [name, { firstName: 'Nobody' }] as const),
  ['__proto__', { isAdmin: true }],
  ['constructor', { prototype: { isAdmin: true } }],
];
const wish = fc.constantFrom(...wishes);

/** Refused wherever it stands (G11), while other unknown members outside of the attributes are ignored. */
const REFUSED = '__proto__';

/** fromEntries makes `__proto__` a member like any other. */
const members = (...entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);

describe('O2 mass assignment', () => {
  test.each(wishes)('O2 %s among the attributes is refused', async (name, value) => {
    const body = updateDocument(members(['firstName', 'Nobody'], [name, value]));
    const response = await expectUntouched(service, TEST_USER, () => service.send({ method: 'PATCH', body }));
    expectFaults(response, 422, `unknown-member /data/attributes/${name}`);
  });

  test.each(wishes)('O2 %s in the address is refused', async (name, value) => {
    const address = members(['country', 'FR'], [name, value]);
    const response = await expectUntouched(service, TEST_USER, () => service.patch({ address }));
    expectFaults(response, 422, `unknown-member /data/attributes/address/${name}`);
  });

  test('O2 createdAt is refused', async () => {
    const attributes = { createdAt: '2000-01-01T00:00:00Z', firstName: 'Nobody' };
    const response = await expectUntouched(service, TEST_USER, () => service.patch(attributes));
    expectFaults(response, 403, 'read-only-attribute /data/attributes/createdAt');
  });

  test('O2 outside of the attributes nothing has an effect', async () => {
    const harmless = wish.filter(([name]) => !['id', 'type', 'attributes', 'data', REFUSED].includes(name));
    const wanted = fc.array(harmless, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(wanted, wanted, async (top, resource) => {
        const data = members(...resource, ['type', 'User'], ['id', TEST_USER], ['attributes', {}]);
        const body = members(...top, ['data', data]);
        const response = await service.send({ method: 'PATCH', body });
        expect(response.status).toBe(200);
        expect(response.body).toEqual((await service.send()).body);
        expect(await service.users.get(TEST_USER)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('O2 nor beside a change: only the given attribute is stored', async () => {
    const data = members(...wishes.filter(([name]) => !['id', 'type', 'attributes', REFUSED].includes(name)));
    const response = await service.send({
      method: 'PATCH',
      headers: { 'x-user-id': OTHER, 'x-role': 'admin' },
      body: {
        ...data,
        data: { ...data, ...members(['type', 'User'], ['id', TEST_USER], ['attributes', { gender: 'other' }]) },
      },
    });
    expect(response.status).toBe(200);
    const row = await service.users.get(TEST_USER);
    expect(row).toEqual({
      id: TEST_USER,
      attributes: { ...EXAMPLE_ATTRIBUTES, gender: 'other' },
      version: (before?.version ?? 0) + 1,
      createdAt: before?.createdAt,
      updatedAt: expect.any(Date),
    });
    expect(await service.users.get(OTHER)).toBeNull();
  });

  test('O2, H15 no prototype is changed', () => {
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });
});

describe('O3 method override', () => {
  const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Original-Method'];
  const change = updateDocument({ firstName: 'Nobody' });

  test.each(names)('O3 GET with %s: PATCH is a GET', async (name) => {
    const response = await service.send({ method: 'GET', headers: { [name]: 'PATCH' }, body: change });
    expect(response.status).toBe(200);
    expect(await service.users.get(TEST_USER)).toEqual(before);
  });

  test.each(names)('O3 POST with %s: PATCH is a POST', async (name) => {
    const response = await service.send({ method: 'POST', headers: { [name]: 'PATCH' }, body: change });
    expectFaults(response, 405, 'method-not-allowed -');
    expect(await service.users.get(TEST_USER)).toEqual(before);
  });

  test.each(names)('O3 PATCH with %s: DELETE is a PATCH', async (name) => {
    const headers = { [name]: 'DELETE' };
    const response = await service.patch({ lastName: name }, { headers });
    expect(response.body.data.attributes['lastName']).toBe(name);
  });

  test('O3 the scope that is needed is that of the real method', async () => {
    const token = service.token({ scope: 'user:users:read' });
    for (const name of names) {
      const response = await service.patch({ firstName: 'Nobody' }, { token, headers: { [name]: 'GET' } });
      expectFaults(response, 403, 'insufficient-scope Authorization');
    }
    expect(await service.users.get(TEST_USER)).toEqual(before);
  });

  test('O3 the query and the body override nothing either', async () => {
    const response = await service.send({ method: 'POST', path: `${userPath()}?_method=PATCH`, body: change });
    expectFaults(response, 405, 'method-not-allowed -');
    const body = updateDocument({}, { _method: 'DELETE', method: 'DELETE' });
    expect((await service.send({ method: 'PATCH', body: { ...body, _method: 'DELETE' } })).status).toBe(200);
    expect(await service.users.get(TEST_USER)).toEqual(before);
  });
});
