import { expectFaults, TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { EXAMPLE_CREATED_AT, startService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';

const service = await startService();
afterAll(() => service.close());

const refused = (attributes: object, headers = {}) =>
  expectUntouched(service, TEST_USER, () => service.patch(attributes, { headers }));
const POINTER = '/data/attributes/createdAt';

test.each([EXAMPLE_CREATED_AT, '2021-09-01T23:12:56.000Z'])(
  'D4 the current value %s does nothing',
  async (createdAt) => {
    const response = await refused({ createdAt });
    expect(response.status).toBe(200);
    expect(response.body.data.attributes['createdAt']).toBe(EXAMPLE_CREATED_AT);
  },
);

test('D4 a whole record can be sent back', async () => {
  const { body } = await service.send();
  const response = await service.send({ method: 'PATCH', body });
  expect(response.status).toBe(200);
  expect(response.body).toEqual(body);
});

test('D4 beside it, other attributes change', async () => {
  const response = await service.patch({ createdAt: EXAMPLE_CREATED_AT, firstName: 'Ford' });
  expect(response.status).toBe(200);
  expect(response.body.data.attributes).toMatchObject({ createdAt: EXAMPLE_CREATED_AT, firstName: 'Ford' });
  const row = await service.users.get(TEST_USER);
  expect(row?.createdAt).toEqual(new Date(EXAMPLE_CREATED_AT));
  expect(row?.attributes).not.toHaveProperty('createdAt');
});

test('D4 every other instant is answered with 403, and nothing beside it is stored', async () => {
  const instants = fc.oneof(
    fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.integer({ min: -2000, max: 2000 }).map((offset) => new Date(Date.parse(EXAMPLE_CREATED_AT) + offset)),
  );
  await fc.assert(
    fc.asyncProperty(instants, async (instant) => {
      fc.pre(instant.getTime() !== Date.parse(EXAMPLE_CREATED_AT));
      const response = await refused({ firstName: 'Nobody', createdAt: instant.toISOString() });
      expectFaults(response, 403, `read-only-attribute ${POINTER}`);
      expect(response.headers).not.toHaveProperty('www-authenticate');
    }),
    { numRuns: 100 },
  );
});

test.each([null, '', 0, '2021-09-01', '2021-09-01T23:12:56+00:00', '2021-09-01T23:12:56.0Z', [EXAMPLE_CREATED_AT]])(
  'D4 %j is no instant and answered with 422',
  async (createdAt) => {
    const response = await refused({ createdAt, firstName: 'Nobody' });
    expect(response.status).toBe(422);
    expect(new Set(response.body.errors.map(({ code, source }) => `${code} ${source?.pointer}`))).toEqual(
      new Set([`invalid-value ${POINTER}`]),
    );
  },
);

test('D4, H17 with the current value the precondition counts as always', async () => {
  const attributes = { createdAt: EXAMPLE_CREATED_AT, firstName: 'Nobody' };
  expectFaults(await refused(attributes, { 'if-match': '"99"' }), 412, 'precondition-failed If-Match');
});
