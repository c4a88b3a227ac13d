import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryInUseError } from '@contract-first/database';
import { temporaryDirectory } from '@contract-first/testing';
import { expect, test } from 'vitest';
import { openUserStore } from '../../src/storage/open-user-store.ts';

const USER = { id: 'c0daf39b-4df5-4241-9e7d-b1b85f829090', attributes: { firstName: 'John' } };

const open = (directory: string) =>
  openUserStore({ kind: 'pglite', directory }, { onConnectionError: () => undefined });

test('a first start that was cut short is begun again; the directory is kept from others, used by one at a time and read again', {
  timeout: 60_000,
}, async () => {
  const directory = join(await temporaryDirectory(), 'new', '.data');
  await mkdir(join(directory, 'postgresql.unfinished'), { recursive: true });
  await writeFile(join(directory, 'postgresql.unfinished', 'PG_VERSION'), '18\n');
  const users = await open(directory);
  expect(users.engine).toEqual({ name: 'PGlite', survivesPowerLoss: false });
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect(await users.import([USER])).toBe(1);
  await expect(open(directory)).rejects.toThrow(DirectoryInUseError);
  await users.close();
  const again = await open(directory);
  expect(await again.get(USER.id)).toMatchObject(USER);
  await again.close();
});

test('a database that cannot be opened does not keep the directory', async () => {
  const directory = await temporaryDirectory();
  // A link to itself fails before PGlite is started, which would take seconds to say no.
  await symlink('postgresql', join(directory, 'postgresql'));
  for (let round = 0; round < 2; round += 1) {
    await expect(open(directory)).rejects.not.toThrow(DirectoryInUseError);
  }
});
