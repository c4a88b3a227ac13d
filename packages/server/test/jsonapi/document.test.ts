import { expectErrorDocument, expectFaults, type ServiceResponse } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { EXAMPLE_ATTRIBUTES, PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

function send(body: unknown): Promise<ServiceResponse> {
  return service.send({ method: 'PATCH', body: JSON.stringify(body) });
}

/** Sends a document that must be refused, and looks whether it left anything behind. */
function refused(body: unknown): Promise<ServiceResponse> {
  return expectUnchanged(service, () => send(body));
}

const data = { type: 'Profile', id: PROFILE_ID, attributes: { displayName: 'Jane' } };

describe('J16 the shape of the document', () => {
  test.each([
    ['an array', [{ data }]],
    ['a text', 'Profile'],
    ['a number', 1],
    ['a boolean', true],
    ['null', null],
  ])('J16 %s is no document', async (_name, body) => {
    expectFaults(await refused(body), 422, 'invalid-value ');
  });

  test.each([
    ['an array', [data]],
    ['a text', 'Profile'],
    ['a number', 0],
    ['a boolean', false],
    ['null', null],
  ])('J16 %s is no resource', async (_name, value) => {
    expectFaults(await refused({ data: value }), 422, 'invalid-value /data');
  });

  test.each([
    ['an array', [data.attributes]],
    ['a text', 'displayName'],
    ['null', null],
  ])('J16 %s is no set of attributes', async (_name, attributes) => {
    expectFaults(await refused(updateDocument(attributes)), 422, 'invalid-value /data/attributes');
  });

  const notText = [
    ['an array', ['Profile']],
    ['an object', { Profile: 'Profile' }],
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
    expectFaults(await refused({ data: { type: 'Profile' } }), 422, missing('/data'));
    expectFaults(await refused({ data: { id: PROFILE_ID } }), 422, missing('/data'));
  });

  test('J16 no JSON value in place of the document or the resource is taken, or fails', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const body = fc.oneof(
      value,
      value.map((it) => ({ data: it })),
      value.map((it) => ({ data: { ...data, type: it } })).filter((it) => it.data.type !== 'Profile'),
      value.map((it) => ({ data: { ...data, id: it } })),
    );
    await fc.assert(
      fc.asyncProperty(body, async (document) => {
        expectErrorDocument(await refused(document), 422);
      }),
    );
  });

  test('J16 ids are compared without regard to case', async () => {
    const upper = PROFILE_ID.toUpperCase();
    for (const [path, id] of [
      [upper, PROFILE_ID],
      [PROFILE_ID, upper],
      [upper, upper],
    ] as const) {
      const body = updateDocument({ displayName: `${path} ${id}` }, { id });
      const response = await service.send({ method: 'PATCH', path: `/profiles/${path}`, body });
      expect(response.status).toBe(200);
      expect(response.body.data).toMatchObject({ id: PROFILE_ID, attributes: { displayName: `${path} ${id}` } });
    }
  });

  test('J16, J23 the type is compared with regard to case', async () => {
    for (const type of ['profile', 'PROFILE', 'Profiles', 'Profile ', '']) {
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
    expectFaults(await refused({ data: { type: 'Profile', id: PROFILE_ID, relationships } }), 403, refusal);
  });

  test('J18 a document with faults is told of those first', async () => {
    const body = updateDocument({ contact: null }, { relationships: {} });
    expectFaults(await refused(body), 422, 'invalid-value /data/attributes/contact');
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
  for (const lid of ['local', PROFILE_ID, '', 5, null, { a: [1] }]) {
    const displayName = `lid ${JSON.stringify(lid)}`;
    const response = await send(updateDocument({ displayName }, { lid }));
    expect([response.status, response.body.data?.attributes['displayName']]).toEqual([200, displayName]);
    expect(response.body.data).not.toHaveProperty('lid');
  }
});

test('J19 lid does not stand in for id', async () => {
  const body = { data: { type: 'Profile', lid: PROFILE_ID, attributes: data.attributes } };
  expectFaults(await refused(body), 422, 'missing-member /data');
});

describe('J23 member names are case-sensitive', () => {
  const variants = (name: string): readonly string[] => [
    ...new Set([name.toUpperCase(), name.toLowerCase(), (name[0] ?? '').toUpperCase() + name.slice(1), `${name} `]),
  ];
  const misspelt = [...Object.keys(EXAMPLE_ATTRIBUTES), 'createdAt'].flatMap((name) =>
    variants(name).filter((it) => it !== name),
  );

  test.each(misspelt)('J23 %j is no attribute', async (name) => {
    expectFaults(await refused(updateDocument({ [name]: null })), 422, `unknown-member /data/attributes/${name}`);
  });

  test('J23 Country is no part of a place', async () => {
    expectFaults(
      await refused(updateDocument({ place: { Country: 'DE' } })),
      422,
      'unknown-member /data/attributes/place/Country',
    );
  });

  test.each(['Data', 'DATA'])('J23 %s is not data', async (name) => {
    expectFaults(await refused({ [name]: data }), 422, 'missing-member ');
  });

  test.each(['Type', 'TYPE', 'Id', 'ID'])('J23 %s is not the member that is required', async (name) => {
    const required =
      name.toLowerCase() === 'id' ? { type: 'Profile', [name]: PROFILE_ID } : { [name]: 'Profile', id: PROFILE_ID };
    expectFaults(await refused({ data: required }), 422, 'missing-member /data');
  });

  test('J23 Attributes and Relationships are members to be ignored', async () => {
    const body = { data: { type: 'Profile', id: PROFILE_ID, Attributes: { contact: null }, Relationships: {} } };
    expect((await expectUnchanged(service, () => send(body))).status).toBe(200);
  });
});
