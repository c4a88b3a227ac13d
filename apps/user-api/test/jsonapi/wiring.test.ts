import { expectFaults, TEST_USER } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { EXAMPLE_ATTRIBUTES, JSON_API, startService, updateDocument } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { userPath } from '../support/user-path.ts';

// How the server reads JSON:API is tested with the server; here, that this service's contract asks for it.

const service = await startService();
afterAll(() => service.close());

const refused = (body: unknown, query = '') =>
  expectUntouched(service, TEST_USER, () => service.send({ method: 'PATCH', path: `${userPath()}${query}`, body }));

test('J4 another Content-Type is refused with 415 and Accept-Patch', async () => {
  const headers = { 'content-type': 'application/json' };
  const response = await service.patch({ firstName: 'Jane' }, { headers });
  expectFaults(response, 415, 'unsupported-media-type Content-Type');
  expect(response.headers['accept-patch']).toBe(JSON_API);
});

test('J7 a missing body is refused with 422', async () => {
  expectFaults(await service.send({ method: 'PATCH', body: '' }), 422, 'missing-body -');
});

test('J8 an Accept that excludes the media type is refused with 406 and Vary', async () => {
  const response = await service.send({ headers: { accept: 'text/html' } });
  expectFaults(response, 406, 'not-acceptable Accept');
  expect(response.headers['vary']).toBe('Accept');
});

test('D1 type and id have to be those of the endpoint', async () => {
  const body = updateDocument({}, { type: 'user', id: '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20' });
  expectFaults(await refused(body), 422, 'id-mismatch /data/id', 'type-mismatch /data/type');
});

test('D2 a malformed document is refused with 422', async () => {
  expectFaults(await refused('{'), 422, 'malformed-document -');
});

test('J15 all faults of query and document come together', async () => {
  const attributes = { ...EXAMPLE_ATTRIBUTES, email: null, firstname: 'Jane', address: { country: 'EU', houseNo: 18 } };
  expectFaults(
    await refused(updateDocument(attributes), '?include=x'),
    422,
    'unknown-parameter include',
    'invalid-value /data/attributes/email',
    'unknown-member /data/attributes/firstname',
    'invalid-value /data/attributes/address/country',
    'invalid-value /data/attributes/address/houseNo',
  );
});

test.each([...Object.keys(EXAMPLE_ATTRIBUTES), 'createdAt'].map((name) => name.toUpperCase()))(
  'J23 %s is no attribute',
  async (name) => {
    expectFaults(await refused(updateDocument({ [name]: null })), 422, `unknown-member /data/attributes/${name}`);
  },
);

test('J18 relationships are refused with 403', async () => {
  const response = await refused(updateDocument({}, { relationships: {} }));
  expectFaults(response, 403, 'relationships-not-allowed /data/relationships');
});

test('D5, J19 what JSON:API tells a server to ignore is ignored', async () => {
  const data = { lid: 'local', links: {}, '@id': 1 };
  const attributes = { '@x': 1, address: { ...EXAMPLE_ATTRIBUTES.address, '@type': 'x' } };
  const body = { ...updateDocument(attributes, data), meta: {}, included: [] };
  expect((await service.send({ method: 'PATCH', body })).status).toBe(200);
  expect((await service.users.get(TEST_USER))?.attributes).toEqual(EXAMPLE_ATTRIBUTES);
});
