import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Makes a directory that is removed afterwards.
 *
 * @param afterwards when: after the test, or with `afterAll` after those of the file
 */
export async function temporaryDirectory(
  afterwards: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'user-api-test-'));
  afterwards(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
