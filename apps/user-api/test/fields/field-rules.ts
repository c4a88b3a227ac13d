import { expectFaults, TEST_USER } from '@contract-first/testing';
import { expect } from 'vitest';
import type { TestService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';

/** Fails unless the value is accepted, stored and returned as it was sent, now and later. */
export async function expectKept(service: TestService, name: string, value: unknown): Promise<void> {
  const changed = await service.patch({ [name]: value });
  expect([value, changed.status, changed.body.errors]).toEqual([value, 200, undefined]);
  const stored = await service.users.get(TEST_USER);
  const read = await service.send();
  for (const attributes of [changed.body.data.attributes, stored?.attributes, read.body.data.attributes]) {
    expect(attributes?.[name]).toEqual(value);
  }
}

/**
 * Fails unless the value is refused for what it is, and nothing of it is stored.
 *
 * @param place below the attribute, for example `/country`
 */
export async function expectRefused(service: TestService, name: string, value: unknown, place = ''): Promise<void> {
  const response = await expectUntouched(service, TEST_USER, () => service.patch({ [name]: value }));
  expect([value, response.status]).toEqual([value, 422]);
  const faults = new Set(response.body.errors.map(({ source }) => source?.pointer));
  expect(faults).toEqual(new Set([`/data/attributes/${name}${place}`]));
  expectFaults(response, 422, ...response.body.errors.map(() => `invalid-value /data/attributes/${name}${place}`));
}
