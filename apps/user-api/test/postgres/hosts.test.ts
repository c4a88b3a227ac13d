import { openPostgres } from '@contract-first/database';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openUserStore } from '../../src/storage/open-user-store.ts';
import { type PostgresProcess, startPostgres } from '../support/postgres-process.ts';

const ID = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

const patient = { connect: 20_000, lock: 20_000, statement: 20_000, answer: 20_000, idleTransaction: 20_000 };

/** One URL for all of them. */
function together(urls: readonly string[]): string {
  const hosts = urls.map((url) => new URL(url).host).join(',');
  const [first = ''] = urls;
  return first.replace(/@[^/]*/, `@${hosts}`);
}

async function openUsers(url: string) {
  const users = await openUserStore({ kind: 'postgres', url }, { limits: patient, onConnectionError: () => undefined });
  onTestFinished(() => users.close());
  return users;
}

async function ask(url: string, text: string) {
  const database = openPostgres({ connectionString: url, limits: patient, onConnectionError: () => undefined });
  try {
    return await database.query({ name: 'ask', text });
  } finally {
    await database.close();
  }
}

describe('several hosts in DATABASE_URL', () => {
  let primary: PostgresProcess;
  let standby: string;

  beforeAll(async () => {
    primary = await startPostgres();
    standby = await primary.standby();
  }, 120_000);

  test('R5 the host that takes writes is found, and found again after a fail-over', { timeout: 120_000 }, async () => {
    const users = await openUsers(together([standby, primary.url]));
    await users.import([{ id: ID, attributes: { firstName: 'John' } }]);
    expect(await users.patch(ID, { firstName: 'Jane' }, null)).toMatchObject({ outcome: 'updated' });
    await expect.poll(() => ask(standby, 'select version from users')).toEqual([{ version: 2 }]);

    await primary.crash();
    await expect(users.patch(ID, { firstName: 'Joan' }, null)).rejects.toMatchObject({
      name: 'DatabaseUnavailableError',
    });
    await ask(standby, 'select pg_promote()');
    expect(await users.patch(ID, { firstName: 'Joan' }, null)).toMatchObject({ row: { version: 3 } });
  });

  test('R5 if none of them can be reached: 503', { timeout: 120_000 }, async () => {
    await primary.stop();
    const url = together([primary.url, primary.url]);
    await expect(openUsers(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
