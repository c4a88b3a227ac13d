import { expect } from 'vitest';
import { PROFILE_ID, type TestService } from './service.ts';

/** Sends another request: a change that were still under way would be stored before its answer. */
export async function settle(service: TestService): Promise<void> {
  expect((await service.patch({})).status).toBe(200);
}

/** Runs what must change nothing, and compares the profile before and after, its version included. */
export async function expectUnchanged<Result>(service: TestService, run: () => Promise<Result>): Promise<Result> {
  const before = await service.profiles.get(PROFILE_ID);
  const result = await run();
  expect(before).not.toBeNull();
  expect(await service.profiles.get(PROFILE_ID)).toEqual(before);
  return result;
}
