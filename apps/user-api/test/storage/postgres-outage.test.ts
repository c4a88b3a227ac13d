import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { defaultPostgresLimits, openPostgres, type PostgresOptions } from '@contract-first/database';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openUserStore } from '../../src/storage/open-user-store.ts';
import { createUserStore } from '../../src/storage/sql-user-store.ts';
import type { UserStore } from '../../src/storage/user-store.ts';
import { createTestSchema, describeOnPostgres, type TestSchema } from '../support/database.ts';

const ID = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

const unavailable = { name: 'DatabaseUnavailableError', retryAfter: 5 };

function open(options: Pick<PostgresOptions, 'connectionString'> & Partial<PostgresOptions>) {
  const database = openPostgres({ onConnectionError: () => undefined, ...options });
  onTestFinished(() => database.close());
  return { database, users: createUserStore(database) };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an AddressInfo.
  return `postgres://test@127.0.0.1:${(server.address() as AddressInfo).port}/test`;
}

test('R5 nobody listens: 503', async () => {
  const server = createServer();
  const connectionString = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  await expect(open({ connectionString }).users.get(ID)).rejects.toMatchObject(unavailable);
});

test('R5 somebody listens and never answers: 503', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { users } = open({ connectionString: await listen(server) });
  await expect(users.get(ID)).rejects.toMatchObject(unavailable);
});

test('R5 the limits let every request fail in less than a second', () => {
  const { connect, lock, statement, answer } = defaultPostgresLimits;
  for (const limit of [connect, lock, statement, answer]) expect(limit).toBeLessThan(1_000);
});

describeOnPostgres('a real server', () => {
  let schema: TestSchema;
  let users: UserStore;

  beforeEach(async () => {
    schema = await createTestSchema();
    users = await openUserStore({ kind: 'postgres', url: schema.url }, { onConnectionError: () => undefined });
    await users.import([{ id: ID, attributes: { firstName: 'John' } }]);
  });

  afterEach(async () => {
    await users.close();
    await schema.drop();
  });

  /** Holds the record's lock until the returned function is called. */
  async function holdRecord(): Promise<() => Promise<void>> {
    const { database } = open({ connectionString: schema.url });
    const locked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const done = database.transaction(async (session) => {
      await session.query({ name: 'hold', text: 'select id from users for update' });
      locked.resolve();
      await released.promise;
    });
    await locked.promise;
    return () => {
      released.resolve();
      return done;
    };
  }

  test('it is said to survive the loss of power', () => {
    expect(users.engine).toEqual({ name: 'PostgreSQL', survivesPowerLoss: true });
  });

  test('H20 55P03 a record that somebody else holds for too long: 503, and later 200', async () => {
    const release = await holdRecord();
    const refused = users.patch(ID, { firstName: 'Jane' }, null);
    await expect(refused).rejects.toMatchObject({ ...unavailable, cause: { code: '55P03' } });
    await release();
    expect(await users.patch(ID, { firstName: 'Jane' }, null)).toMatchObject({ outcome: 'updated' });
  });

  test('H20 57014 a statement that takes too long: 503', async () => {
    const limits = { ...defaultPostgresLimits, lock: 30_000, statement: 100, answer: 30_000 };
    const release = await holdRecord();
    const { users: impatient } = open({ connectionString: schema.url, limits });
    const refused = impatient.patch(ID, { firstName: 'Jane' }, null);
    await expect(refused).rejects.toMatchObject({ ...unavailable, cause: { code: '57014' } });
    await release();
  });

  test('H20 no answer in time: 503', async () => {
    const limits = { ...defaultPostgresLimits, lock: 30_000, statement: 30_000, answer: 100 };
    const release = await holdRecord();
    const { users: impatient } = open({ connectionString: schema.url, limits });
    await expect(impatient.patch(ID, { firstName: 'Jane' }, null)).rejects.toMatchObject(unavailable);
    await release();
  });

  test('H20 all connections in use: 503', async () => {
    const limits = { ...defaultPostgresLimits, connect: 100, lock: 30_000, statement: 30_000, answer: 30_000 };
    const { users: small } = open({ connectionString: schema.url, connections: 1, limits });
    await small.ping();
    const release = await holdRecord();
    const first = small.patch(ID, { firstName: 'Jane' }, null);
    await expect(small.get(ID)).rejects.toMatchObject(unavailable);
    await release();
    expect(await first).toMatchObject({ outcome: 'updated' });
  });

  test('H20 57P01 a connection that the server ends: reported, 503 for whom it hits, then it recovers alone', async () => {
    const reported: Error[] = [];
    const { users: hit, database } = open({
      connectionString: schema.url,
      connections: 1,
      onConnectionError: (error) => reported.push(error),
    });
    const suicide = { name: 'end', text: 'select pg_terminate_backend(pg_backend_pid())' };
    await expect(database.query(suicide)).rejects.toMatchObject({ code: '57P01' });
    expect(await hit.get(ID)).toMatchObject({ id: ID });
    const [row] = await database.query({ name: 'pid', text: 'select pg_backend_pid() as pid' });
    const broken = expect.poll(() => reported.length).toBe(1);
    const { database: other } = open({ connectionString: schema.url });
    await other.query({ name: 'end-other', text: 'select pg_terminate_backend($1)' }, [row?.['pid']]);
    await broken;
    expect(await hit.get(ID)).toMatchObject({ id: ID });
  });

  test('H20 40P01 of two transactions that wait for each other one is told so', async () => {
    const other = '00000000-0000-4000-8000-000000000000';
    await users.import([{ id: other, attributes: {} }]);
    const limits = { ...defaultPostgresLimits, lock: 30_000, statement: 30_000, answer: 30_000 };
    const { database } = open({ connectionString: schema.url, limits });
    const lock = { name: 'lock-one', text: 'select id from users where id = $1 for update' };
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const transact = (mine: 0 | 1, [first, second]: readonly [string, string]) =>
      database.transaction(async (session) => {
        await session.query(lock, [first]);
        both[mine].resolve();
        await Promise.all(both.map(({ promise }) => promise));
        await session.query(lock, [second]);
      });
    const results = await Promise.allSettled([transact(0, [ID, other]), transact(1, [other, ID])]);
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toMatchObject([{ reason: { code: '40P01' } }]);
  });
});
