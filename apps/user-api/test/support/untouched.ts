import { expect } from 'vitest';
import type { TestService } from './service.ts';

/** Runs something that must not change a record, its version included. */
export async function expectUntouched<T>(service: TestService, id: string, work: () => Promise<T>): Promise<T> {
  const before = await service.users.get(id);
  const result = await work();
  expect(await service.users.get(id)).toEqual(before);
  return result;
}
