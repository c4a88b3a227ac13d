import { type OpenDatabaseOptions, openDatabase } from '@contract-first/database';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createUserStore } from '../../src/storage/sql-user-store.ts';
import { createTestSchema } from '../support/database.ts';

const options: OpenDatabaseOptions = { connections: 1, onConnectionError: () => undefined };

async function open(preparedStatements?: boolean) {
  const { url, drop } = await createTestSchema();
  const location = { kind: 'postgres', url, ...(preparedStatements !== undefined && { preparedStatements }) } as const;
  const database = await openDatabase(location, options);
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  return database;
}

const state = {
  name: 'state',
  text: `select (select count(*)::int4 from pg_prepared_statements where name = 'ping') as prepared,
    current_setting('statement_timeout') as statement_timeout, current_setting('lock_timeout') as lock_timeout`,
};

describe('PREPARED_STATEMENTS', () => {
  test('statements are prepared once for each connection, and limited', async () => {
    const database = await open();
    const users = createUserStore(database);
    await users.ping();
    await users.ping();
    expect(await database.query(state)).toEqual([{ prepared: 1, statement_timeout: '800ms', lock_timeout: '500ms' }]);
  });

  test('off: nothing is kept in the session that a pooler would have to know of', async () => {
    const database = await open(false);
    await createUserStore(database).ping();
    expect(await database.query(state)).toEqual([{ prepared: 0, statement_timeout: '0', lock_timeout: '0' }]);
  });
});
