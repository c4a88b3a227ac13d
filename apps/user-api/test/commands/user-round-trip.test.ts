import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { importUsers } from '../../src/commands/user-import.ts';
import { formatUserLine } from '../../src/commands/user-line.ts';
import type { UserStore } from '../../src/storage/user-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { changes } from '../support/user-arbitraries.ts';

async function openUsers(): Promise<UserStore> {
  const { users, close } = await openTestDatabase();
  onTestFinished(() => close());
  return users;
}

async function exported(users: UserStore): Promise<string> {
  return (await users.scan(null, 10_000)).map(formatUserLine).join('');
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const options = { onReject: () => undefined, onProgress: () => undefined };

test('records of any content that are exported and imported elsewhere are exported as the same', async () => {
  const [one, two] = await Promise.all([openUsers(), openUsers()]);
  const attributes = changes.map((change) => ({ email: 'user@example.com', ...change }));
  const records = fc.sample(fc.record({ id: fc.uuid(), attributes }), 300);
  await one.import(records);
  const lines = await exported(one);
  const summary = await importUsers(bytes(lines), two, options);
  expect(summary).toEqual({ added: new Set(records.map(({ id }) => id)).size, present: 0, rejected: 0 });
  expect(await exported(two)).toBe(lines);
});

test('a failure of the store ends an import', async () => {
  const line = formatUserLine({
    id: 'c0daf39b-4df5-4241-9e7d-b1b85f829090',
    attributes: { email: 'user@example.com' },
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  let batches = 0;
  const failing = {
    async import() {
      batches += 1;
      throw new Error('out of reach');
    },
  };
  await expect(importUsers(bytes(line.repeat(20_000)), failing, options)).rejects.toThrow('out of reach');
  expect(batches).toBeLessThan(4);
});
