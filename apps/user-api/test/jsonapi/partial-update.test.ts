import { expectErrorDocument, expectFaults, TEST_USER } from '@contract-first/testing';
import { document } from '@user-api/contract/document';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { EXAMPLE_ATTRIBUTES, EXAMPLE_CREATED_AT, startService, updateDocument } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { attributeNames, attributeValues, changes, invalidAttribute } from '../support/user-arbitraries.ts';
import { userPath } from '../support/user-path.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

/** The stored attributes and version of the test user. */
async function stored(): Promise<{ attributes: Readonly<Record<string, unknown>>; version: number }> {
  const row = await service.users.get(TEST_USER);
  if (row === null) throw new Error('the record is gone');
  return row;
}

/** What a client is told of stored attributes: every one of the contract, null where it is not set (rule J24). */
function complete(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const unset = Object.fromEntries(attributeNames.map((name) => [name, null]));
  return { ...unset, createdAt: EXAMPLE_CREATED_AT, ...attributes };
}

describe('J17 nothing to change', () => {
  const nothing: readonly (readonly [name: string, body: object])[] = [
    ['no attributes', { data: { type: 'User', id: TEST_USER } }],
    ['empty attributes', updateDocument({})],
    ['nothing but @-members', updateDocument({ '@firstName': 'Jane' })],
    ['the current value of a read-only attribute', updateDocument({ createdAt: EXAMPLE_CREATED_AT })],
  ];

  test.each(nothing)(
    'J17, J24 %s: the record and its version stay, the reply is the whole record',
    async (_name, body) => {
      const before = await service.send();
      const response = await expectUntouched(service, TEST_USER, () => service.send({ method: 'PATCH', body }));
      expect([response.status, response.body]).toEqual([200, before.body]);
      expect(response.headers['etag']).toBe(before.headers['etag']);
    },
  );
});

describe('J20 what is not given stays', () => {
  test('J20, J24 a PATCH of any set of attributes changes exactly these', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (attributes) => {
        const before = await stored();
        const response = await service.patch(attributes);
        const after = await stored();
        expect(response.status).toBe(200);
        expect(after.attributes).toEqual({ ...before.attributes, ...attributes });
        expect(after.version).toBe(before.version + (Object.keys(attributes).length > 0 ? 1 : 0));
        expect(response.body).toEqual({
          data: { type: 'User', id: TEST_USER, attributes: complete(after.attributes) },
        });
        expect((await service.send()).body).toEqual(response.body);
      }),
    );
  });

  test.each(attributeNames)('J20 %s alone', async (name) => {
    await service.patch(EXAMPLE_ATTRIBUTES);
    const [value] = fc.sample(attributeValues[name], { numRuns: 1 });
    expect((await service.patch({ [name]: value })).status).toBe(200);
    expect((await stored()).attributes).toEqual({ ...EXAMPLE_ATTRIBUTES, [name]: value });
  });

  test('J20 the record of somebody else stays', async () => {
    const id = '6b1d3c9e-4f5a-4c58-9f4e-0d2f3b7c8a91';
    await service.users.import([{ id, attributes: EXAMPLE_ATTRIBUTES }]);
    const before = await service.users.get(id);
    expect((await service.patch({ firstName: 'Jane', address: null })).status).toBe(200);
    expect(await service.users.get(id)).toEqual(before);
  });

  test('J20 address is one attribute: its other parts are not merged', async () => {
    await service.patch(EXAMPLE_ATTRIBUTES);
    for (const address of [{ locality: 'Ettlingen' }, {}, { houseNo: '', region: 'BW' }]) {
      expect((await service.patch({ address })).body.data.attributes['address']).toEqual(address);
      expect((await stored()).attributes['address']).toEqual(address);
    }
  });
});

describe('J21 null is a value', () => {
  const clearable = attributeNames.filter((name) => name !== 'email');

  test.each(clearable)('J21 null clears %s, which is null and no empty text then', async (name) => {
    await service.patch(EXAMPLE_ATTRIBUTES);
    const response = await service.patch({ [name]: null });
    expect(response.body.data.attributes).toEqual(complete({ ...EXAMPLE_ATTRIBUTES, [name]: null }));
    expect((await stored()).attributes[name] ?? null).toBeNull();
    expect((await service.send()).text).toContain(`"${name}":null`);
  });

  test.each(['firstName', 'lastName'])('J21 an empty %s is a value of its own', async (name) => {
    expect((await service.patch({ [name]: '' })).body.data.attributes[name]).toBe('');
    expect((await service.patch({ [name]: null })).body.data.attributes[name]).toBeNull();
  });

  test.each([
    ['email', null],
    ['createdAt', null],
  ])('J21 %s cannot be null', async (name, value) => {
    expectFaults(
      await expectUntouched(service, TEST_USER, () => service.patch({ [name]: value })),
      422,
      `invalid-value /data/attributes/${name}`,
    );
  });

  test('J21 no part of an address can be null', async () => {
    const address = { ...EXAMPLE_ATTRIBUTES.address, region: null };
    expectFaults(
      await expectUntouched(service, TEST_USER, () => service.patch({ address })),
      422,
      'invalid-value /data/attributes/address/region',
    );
  });

  test('J21 no value is converted to the type that the contract wants', async () => {
    const converted = attributeNames.flatMap((name) => [0, 1, true, false, []].map((value) => [name, value] as const));
    for (const [name, value] of converted) {
      expectFaults(
        await expectUntouched(service, TEST_USER, () => service.patch({ [name]: value })),
        422,
        `invalid-value /data/attributes/${name}`,
      );
    }
  });
});

describe('J22 all or nothing', () => {
  test('J22 one bad attribute among any good ones leaves the record untouched', async () => {
    await fc.assert(
      fc.asyncProperty(changes, invalidAttribute, fc.boolean(), async (good, [name, value], first) => {
        const { [name]: _replaced, ...others } = good;
        const attributes = first ? { [name]: value, ...others } : { ...others, [name]: value };
        const response = await expectUntouched(service, TEST_USER, () => service.patch(attributes));
        expectErrorDocument(response, 422);
        for (const { source } of response.body.errors) {
          expect(`${source?.pointer}/`).toContain(`/data/attributes/${name}/`);
        }
      }),
    );
  });

  test('J22 one bad attribute among all', async () => {
    const attributes = { ...EXAMPLE_ATTRIBUTES, firstName: 'Jane', zoneInfo: 'Mars/Olympus_Mons' };
    expectFaults(
      await expectUntouched(service, TEST_USER, () => service.patch(attributes)),
      422,
      'invalid-value /data/attributes/zoneInfo',
    );
  });

  test('J22 a read-only attribute that would change keeps all others from being stored', async () => {
    const attributes = { firstName: 'Jane', createdAt: '2000-01-01T00:00:00Z' };
    expectFaults(
      await expectUntouched(service, TEST_USER, () => service.patch(attributes)),
      403,
      'read-only-attribute /data/attributes/createdAt',
    );
  });
});

describe('J24 the complete record', () => {
  test('J24 has every attribute of the contract, also where nothing is stored', async () => {
    const id = '0d3f6f0e-58a1-4c1f-8a54-2d0f6f1f4f11';
    await service.users.import([
      { id, attributes: { email: 'a@example.com' }, createdAt: new Date(EXAMPLE_CREATED_AT) },
    ]);
    const own = { path: userPath(id), token: service.token({ sub: id }) };
    const read = await service.send(own);
    expect(Object.keys(read.body.data.attributes).sort()).toEqual(
      Object.keys(document.components.schemas.UserAttributes.properties).sort(),
    );
    expect(read.body).toEqual({ data: { type: 'User', id, attributes: complete({ email: 'a@example.com' }) } });
    const body = { data: { type: 'User', id } };
    expect((await service.send({ ...own, method: 'PATCH', body })).body).toEqual(read.body);
  });

  test('J24 the attributes that these tests write are those of the contract', () => {
    const writable = Object.keys(document.components.schemas.UserUpdateAttributes.properties);
    expect([...attributeNames, 'createdAt'].sort()).toEqual(writable.sort());
  });
});
