import { TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { expectFaults, expectUntouched } from '../support/error-reply.ts';
import { expectErrorDocument } from '../support/refusal.ts';
import { type ServiceResponse, startService, updateDocument } from '../support/service.ts';
import { attributeNames } from '../support/user-arbitraries.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

function send(body: unknown): Promise<ServiceResponse> {
  return service.send({ method: 'PATCH', body: JSON.stringify(body) });
}

/** Sends a document that must be refused, and looks whether it left anything behind. */
function refused(body: unknown): Promise<ServiceResponse> {
  return expectUntouched(service, TEST_USER, () => send(body));
}

const data = { type: 'User', id: TEST_USER, attributes: { firstName: 'Jane' } };

describe('J16 the shape of the document', () => {
  test.each([
    ['an array', [{ data }]],
    ['a text', 'User'],
    ['a number', 1],
    ['a boolean', true],
    ['null', null],
  ])('J16 %s is no document', async (_name, body) => {
    expectFaults(await refused(body), 422, 'invalid-value ');
  });

  test.each([
    ['an array', [data]],
    ['a text', 'User'],
    ['a number', 0],
    ['a boolean', false],
    ['null', null],
  ])('J16 %s is no resource', async (_name, value) => {
    expectFaults(await refused({ data: value }), 422, 'invalid-value /data');
  });

  test.each([
    ['an array', [data.attributes]],
    ['a text', 'firstName'],
    ['null', null],
  ])('J16 %s is no set of attributes', async (_name, attributes) => {
    expectFaults(await refused(updateDocument(attributes)), 422, 'invalid-value /data/attributes');
  });

  const notText = [
    ['an array', ['User']],
    ['an object', { User: 'User' }],
    ['a number', 5],
    ['a boolean', true],
    ['null', null],
  ] as const;

  test.each(notText)('J16 %s is no type', async (_name, type) => {
    expectFaults(await refused({ data: { ...data, type } }), 422, 'invalid-value /data/type');
  });

  test.each(notText)('J16 %s is no id', async (_name, id) => {
    expectFaults(await refused({ data: { ...data, id } }), 422, 'invalid-value /data/id');
  });

  test('J14, J16 what is missing is told at its parent', async () => {
    const missing = (pointer: string) => `missing-member ${pointer}`;
    expectFaults(await refused({}), 422, missing(''));
    expectFaults(await refused({ data: {} }), 422, missing('/data'), missing('/data'));
    expectFaults(await refused({ data: { type: 'User' } }), 422, missing('/data'));
    expectFaults(await refused({ data: { id: TEST_USER } }), 422, missing('/data'));
  });

  test('J16 no JSON value in place of the document or the resource is taken, or fails', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const body = fc.oneof(
      value,
      value.map((it) => ({ data: it })),
      value.map((it) => ({ data: { ...data, type: it } })).filter((it) => it.data.type !== 'User'),
      value.map((it) => ({ data: { ...data, id: it } })),
    );
    await fc.assert(
      fc.asyncProperty(body, async (document) => {
        expectErrorDocument(await refused(document), 422);
      }),
    );
  });

  test('J16 ids are compared without regard to case', async () => {
    const upper = TEST_USER.toUpperCase();
    for (const [path, id] of [
      [upper, TEST_USER],
      [TEST_USER, upper],
      [upper, upper],
    ] as const) {
      const body = updateDocument({ firstName: `${path} ${id}` }, { id });
      const response = await service.send({ method: 'PATCH', path: `/users/${path}`, body });
      expect(response.status).toBe(200);
      expect(response.body.data).toMatchObject({ id: TEST_USER, attributes: { firstName: `${path} ${id}` } });
    }
  });

  test('J16, J23 the type is compared with regard to case', async () => {
    for (const type of ['user', 'USER', 'Users', 'User ', '']) {
      expectFaults(await refused({ data: { ...data, type } }), 422, 'type-mismatch /data/type');
    }
  });
});

describe('J18 relationships', () => {
  test.each([
    ['of a kind', { friends: { data: [] } }],
    ['without any', {}],
    ['null', null],
    ['a text', 'none'],
    ['an array', []],
  ])('J18 %s are refused with 403', async (_name, relationships) => {
    const refusal = 'relationships-not-allowed /data/relationships';
    expectFaults(await refused({ data: { ...data, relationships } }), 403, refusal);
    expectFaults(await refused({ data: { type: 'User', id: TEST_USER, relationships } }), 403, refusal);
  });

  test('J18 a document with faults is told of those first', async () => {
    const body = updateDocument({ email: null }, { relationships: {} });
    expectFaults(await refused(body), 422, 'invalid-value /data/attributes/email');
  });

  test('J18 in places where JSON:API has none they are unknown members', async () => {
    expect((await send({ data, relationships: {} })).status).toBe(200);
    expectFaults(
      await refused(updateDocument({ relationships: {} })),
      422,
      'unknown-member /data/attributes/relationships',
    );
  });
});

test('J19 lid beside id is ignored', async () => {
  for (const lid of ['local', TEST_USER, '', 5, null, { a: [1] }]) {
    const firstName = `lid ${JSON.stringify(lid)}`;
    const response = await send(updateDocument({ firstName }, { lid }));
    expect([response.status, response.body.data?.attributes['firstName']]).toEqual([200, firstName]);
    expect(response.body.data).not.toHaveProperty('lid');
  }
});

test('J19 lid does not stand in for id', async () => {
  const body = { data: { type: 'User', lid: TEST_USER, attributes: data.attributes } };
  expectFaults(await refused(body), 422, 'missing-member /data');
});

describe('J23 member names are case-sensitive', () => {
  const variants = (name: string): readonly string[] => [
    ...new Set([name.toUpperCase(), name.toLowerCase(), (name[0] ?? '').toUpperCase() + name.slice(1), `${name} `]),
  ];
  const misspelt = [...attributeNames, 'createdAt'].flatMap((name) => variants(name).filter((it) => it !== name));

  test.each(misspelt)('J23 %j is no attribute', async (name) => {
    expectFaults(await refused(updateDocument({ [name]: null })), 422, `unknown-member /data/attributes/${name}`);
  });

  test('J23 Country is no part of an address', async () => {
    expectFaults(
      await refused(updateDocument({ address: { Country: 'DE' } })),
      422,
      'unknown-member /data/attributes/address/Country',
    );
  });

  test.each(['Data', 'DATA'])('J23 %s is not data', async (name) => {
    expectFaults(await refused({ [name]: data }), 422, 'missing-member ');
  });

  test.each(['Type', 'TYPE', 'Id', 'ID'])('J23 %s is not the member that is required', async (name) => {
    const required =
      name.toLowerCase() === 'id' ? { type: 'User', [name]: TEST_USER } : { [name]: 'User', id: TEST_USER };
    expectFaults(await refused({ data: required }), 422, 'missing-member /data');
  });

  test('J23 Attributes and Relationships are members to be ignored', async () => {
    const body = { data: { type: 'User', id: TEST_USER, Attributes: { email: null }, Relationships: {} } };
    expect((await expectUntouched(service, TEST_USER, () => send(body))).status).toBe(200);
  });
});
