import {
  classify,
  defaultPostgresLimits,
  guardAgainstOutage,
  migrate,
  openPostgres,
  type PostgresOptions,
} from '@contract-first/database';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { migrations } from '../../src/storage/migrations.ts';
import { createUserStore } from '../../src/storage/sql-user-store.ts';
import { createTestSchema, type TestSchema } from '../support/database.ts';
import { startPostgres } from '../support/postgres-process.ts';

const ID = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';
const OTHER = '00000000-0000-4000-8000-000000000000';

const unavailable = { name: 'DatabaseUnavailableError', retryAfter: 5 };

const patient = { ...defaultPostgresLimits, connect: 20_000, lock: 20_000, statement: 20_000, answer: 20_000 };

function open(connectionString: string, options: Partial<PostgresOptions> = {}) {
  const database = openPostgres({ connectionString, limits: patient, onConnectionError: () => undefined, ...options });
  onTestFinished(() => database.close());
  return { database, users: createUserStore(database) };
}

/** The URL with a setting for its sessions. */
function withSetting(url: string, setting: string): string {
  const address = new URL(url);
  address.searchParams.set('options', `${address.searchParams.get('options') ?? ''} -c ${setting}`.trim());
  return address.href;
}

describe('H20 SQL states of a real server', () => {
  let schema: TestSchema;

  beforeEach(async () => {
    schema = await createTestSchema();
    const { database, users } = open(schema.url);
    await migrate(database, migrations);
    await users.import([ID, OTHER].map((id) => ({ id, attributes: {} })));
  });

  afterEach(() => schema.drop());

  test('H20 40001 a change that lost a race is made again', async () => {
    const { users } = open(withSetting(schema.url, 'default_transaction_isolation=repeatable\\ read'));
    const { database } = open(schema.url);
    const change = { name: 'change', text: 'update users set version = version + 1' };
    const waiters = {
      name: 'waiters',
      text: `select count(*)::int4 as count from pg_locks where not granted and locktype = 'transactionid'`,
    };
    await users.ping();
    let patched: Promise<unknown> = Promise.resolve();
    await database.transaction(async (session) => {
      await session.query(change);
      patched = users.patch(ID, { firstName: 'Jane' }, null);
      await expect.poll(async () => (await session.query(waiters))[0]?.['count']).toBeGreaterThan(0);
    });
    expect(await patched).toMatchObject({ outcome: 'updated', row: { version: 3 } });
  });

  test('H20 40P01 two transactions that wait for each other are both made', { timeout: 60_000 }, async () => {
    const { database } = open(schema.url);
    const guard = guardAgainstOutage();
    const lock = { name: 'lock', text: 'select id from users where id = $1 for update' };
    const first = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const failures: unknown[] = [];
    const transact = (mine: 0 | 1, ids: readonly [string, string]) =>
      guard(() =>
        database.transaction(async (session) => {
          await session.query(lock, [ids[0]]);
          first[mine].resolve();
          await Promise.all(first.map(({ promise }) => promise));
          await session.query(lock, [ids[1]]).catch((error: unknown) => {
            failures.push(error);
            throw error;
          });
          return mine;
        }),
      );
    expect(await Promise.all([transact(0, [ID, OTHER]), transact(1, [OTHER, ID])])).toEqual([0, 1]);
    expect(failures).toMatchObject([{ code: '40P01' }]);
  });

  test('H20 25006 a server that takes no writes: reads go on, writes are 503', async () => {
    const { users } = open(withSetting(schema.url, 'default_transaction_read_only=on'));
    expect(await users.get(ID)).toMatchObject({ id: ID });
    const refused = users.patch(ID, { firstName: 'Jane' }, null);
    await expect(refused).rejects.toMatchObject({ ...unavailable, cause: { code: '25006' } });
  });

  test('H20 25P03 a transaction in which nothing happens is ended: 503', async () => {
    const broken = Promise.withResolvers<Error>();
    const limits = { ...patient, idleTransaction: 50 };
    const { database } = open(schema.url, { limits, onConnectionError: broken.resolve });
    const idle = guardAgainstOutage()(() =>
      database.transaction(async (session) => {
        await broken.promise;
        await session.query({ name: 'late', text: 'select 1' });
      }),
    );
    await expect(idle).rejects.toMatchObject(unavailable);
    expect(classify(await broken.promise)).toBe('unavailable');
  });

  test('a statement that was refused costs no connection', async () => {
    const { database } = open(schema.url, { connections: 1 });
    const pid = { name: 'pid', text: 'select pg_backend_pid() as pid' };
    const before = await database.query(pid);
    await expect(database.query({ name: 'zero', text: 'select 1 / 0' })).rejects.toMatchObject({ code: '22012' });
    expect(await database.query(pid)).toEqual(before);
  });

  test.each([
    ['22003', 'select 2147483647::int4 + $1::int4', [1]],
    ['22P02', 'select $1::uuid', ['urn:uuid:c0daf39b-4df5-4241-9e7d-b1b85f829090']],
    ['22P05', 'select $1::jsonb', ['"\\u0000"']],
    ['22021', 'select $1::text', ['\0']],
    ['23502', 'insert into users (id, attributes) values ($1, null)', ['00000000-0000-4000-8000-00000000000a']],
    ['23505', `insert into users (id, attributes) values ($1, '{}')`, [ID]],
    ['23514', `update users set attributes = '[]' where id = $1`, [ID]],
    ['54001', `select repeat('[', $1)::jsonb`, [1_000_000]],
  ])('H20 %s is a hole in the validation, and costs one try', async (code, text, values) => {
    const { database } = open(schema.url);
    let tries = 0;
    const refused = guardAgainstOutage()(() => {
      tries += 1;
      return database.query({ name: `hole-${code}`, text }, values);
    });
    await expect(refused).rejects.toMatchObject({ name: 'DatabaseError', code });
    expect(tries).toBe(1);
  });
});

describe('H20 a server of its own', () => {
  test('R5 too many connections, a stop and a crash: 503 in the meantime, then it recovers alone', async () => {
    const server = await startPostgres(['max_connections=4', 'superuser_reserved_connections=0', 'max_wal_senders=0']);
    const { database, users } = open(server.url, { limits: defaultPostgresLimits });
    await migrate(database, migrations);
    await users.import([{ id: ID, attributes: {} }]);
    await database.close();

    const clients = Array.from({ length: 4 }, () => new Client(server.url));
    for (const client of clients) {
      client.on('error', () => undefined);
      await client.connect();
    }
    const late = open(server.url, { limits: defaultPostgresLimits });
    await expect(late.users.get(ID)).rejects.toMatchObject({ ...unavailable, cause: { code: '53300' } });
    await Promise.all(clients.map((client) => client.end()));
    await expect.poll(() => late.users.get(ID).catch(() => null)).toMatchObject({ id: ID });

    for (const stop of [server.stop, server.crash]) {
      await stop();
      await expect(late.users.patch(ID, { firstName: 'Jane' }, null)).rejects.toMatchObject(unavailable);
      await expect(late.users.get(ID)).rejects.toMatchObject({ ...unavailable, cause: { code: 'ECONNREFUSED' } });
      await server.start();
      expect(await late.users.get(ID)).toMatchObject({ id: ID });
    }
  }, 120_000);

  test('H20 57P01 a server that is stopped while a statement waits: 503', async () => {
    const server = await startPostgres();
    const { database, users } = open(server.url);
    await migrate(database, migrations);
    const waiting = guardAgainstOutage()(() => database.query({ name: 'wait', text: 'select pg_sleep(1000)' }));
    const sleeping = { name: 'sleeping', text: `select 1 from pg_stat_activity where wait_event = 'PgSleep'` };
    await expect.poll(() => database.query(sleeping)).toHaveLength(1);
    const refused = expect(waiting).rejects.toMatchObject({ ...unavailable, cause: { code: '57P01' } });
    await server.stop();
    await refused;
    await expect(users.ping()).rejects.toMatchObject(unavailable);
  }, 120_000);
});
