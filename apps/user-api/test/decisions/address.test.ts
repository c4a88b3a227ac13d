import { expectFaults, TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { EXAMPLE_ATTRIBUTES, startService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';

const service = await startService();
afterAll(() => service.close());

describe('D6 the address is one value', () => {
  const address = fc.record(
    {
      country: fc.constantFrom('DE', 'FR', 'US'),
      ...Object.fromEntries(
        ['locality', 'street', 'houseNo', 'additionalAddressLink', 'region', 'postalCode'].map((name) => [
          name,
          fc.string({ maxLength: 32 }).filter((text) => !text.includes('\0')),
        ]),
      ),
    },
    { requiredKeys: [] },
  );

  test('D6, J20 it is replaced as a whole, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(address), async (value) => {
        const before = await service.users.get(TEST_USER);
        const response = await service.patch({ address: value });
        expect(response.status).toBe(200);
        expect(response.body.data.attributes['address']).toEqual(value);
        const row = await service.users.get(TEST_USER);
        expect(row?.attributes).toEqual({ ...before?.attributes, address: value });
      }),
      { numRuns: 60 },
    );
  });

  test('D6 one invalid part and the old address stays', async () => {
    await service.patch({ address: EXAMPLE_ATTRIBUTES.address });
    const response = await expectUntouched(service, TEST_USER, () =>
      service.patch({ address: { country: 'UK', locality: 'London' } }),
    );
    expectFaults(response, 422, 'invalid-value /data/attributes/address/country');
  });
});
