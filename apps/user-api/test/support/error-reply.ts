import { expect } from 'vitest';
import { expectErrorDocument } from './refusal.ts';
import { type ServiceResponse, summary, type TestService } from './service.ts';

/**
 * Checks a refusal as a whole.
 *
 * @param faults `code source` of each error, `-` without a source
 */
export function expectFaults(response: ServiceResponse, status: number, ...faults: readonly string[]): void {
  expect({ status: response.status, faults: summary(response) }).toEqual({ status, faults: [...faults].sort() });
  expectErrorDocument(response, status);
}

/** Runs something that must not change a record, its version included. */
export async function expectUntouched<T>(service: TestService, id: string, work: () => Promise<T>): Promise<T> {
  const before = await service.users.get(id);
  const result = await work();
  expect(await service.users.get(id)).toEqual(before);
  return result;
}
