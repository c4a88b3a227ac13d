import { classify, DatabaseError, DatabaseUnavailableError, guardAgainstOutage } from '@contract-first/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const systemError = (code: string): Error => Object.assign(new Error(code), { code });

describe('H20 what an SQLSTATE of the database means', () => {
  let testDatabase: TestDatabase;

  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    await testDatabase.database.query({
      name: 'create-raise',
      text: `create function raise(state text) returns void language plpgsql as
        $$ begin raise exception 'told' using errcode = state; end $$`,
    });
  });

  afterAll(() => testDatabase.close());

  const meanings = {
    retry: ['40001', '40P01'],
    unavailable: ['08000', '08003', '08006', '53100', '53300', '55P03', '57014', '57P01', '57P03', '58030', '25006'],
    bug: ['22001', '22003', '22P02', '22P05', '23502', '23505', '23514', '54000', '54001', '42P01', '42601', 'XX000'],
  };
  for (const [meaning, states] of Object.entries(meanings)) {
    test.each(states)(`${meaning} for %s`, async (state) => {
      const error = await testDatabase.database
        .query({ name: 'raise', text: 'select raise($1)' }, [state])
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: state });
      expect(classify(error)).toBe(meaning);
    });
  }
});

describe('H20 what an error without an SQLSTATE means', () => {
  test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])(
    'unavailable for %s',
    (code) => {
      expect(classify(systemError(code))).toBe('unavailable');
    },
  );

  test.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'PGlite is closed',
  ])('unavailable for an Error that says only "%s"', (message) => {
    expect(classify(new Error(message))).toBe('unavailable');
  });

  test.each([new TypeError('x is not a function'), new Error('told'), systemError('ENOENT'), 'text', undefined, null])(
    'bug for %s',
    (error) => {
      expect(classify(error)).toBe('bug');
    },
  );
});

/** Fails with the given errors, one after the other, and then succeeds. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  const pauses: number[] = [];
  let tries = 0;
  const guard = guardAgainstOutage({
    random: () => 1,
    sleep: (pause) => Promise.resolve(pauses.push(pause)),
  });
  const run = (): Promise<string> =>
    guard(async () => {
      tries += 1;
      const error = left.shift();
      if (error !== undefined) throw error;
      return 'done';
    });
  return { run, pauses, tries: () => tries };
}

const conflict = new DatabaseError('40001', 'patch-user');

test('H20 a lost race is run again, after pauses that grow', async () => {
  const { run, pauses } = failing(conflict, new DatabaseError('40P01', 'patch-user'), conflict);
  expect(await run()).toBe('done');
  expect(pauses).toEqual([10, 20, 40]);
});

test('H20 the pauses are random', async () => {
  const pauses: number[] = [];
  const values = [0.25, 0.5];
  const guard = guardAgainstOutage({
    attempts: 3,
    random: () => values.shift() ?? 1,
    sleep: (pause) => Promise.resolve(pauses.push(pause)),
  });
  await expect(guard(() => Promise.reject(conflict))).rejects.toBeInstanceOf(DatabaseUnavailableError);
  expect(pauses).toEqual([2.5, 10]);
});

test('H20 a race that is lost again and again is an outage', async () => {
  const { run, tries } = failing(...Array<Error>(9).fill(conflict));
  await expect(run()).rejects.toMatchObject({ name: 'DatabaseUnavailableError', retryAfter: 5, cause: conflict });
  expect(tries()).toBe(5);
});

test('D9 an outage is reported at once', async () => {
  const refused = systemError('ECONNREFUSED');
  const { run, tries } = failing(refused);
  const error = await run().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseUnavailableError);
  expect(error).toMatchObject({ name: 'DatabaseUnavailableError', retryAfter: 5, cause: refused });
  expect(tries()).toBe(1);
});

test('H20 a hole in the validation is thrown on as it is, once', async () => {
  const hole = new DatabaseError('22P05', 'patch-user');
  const { run, tries } = failing(hole);
  await expect(run()).rejects.toBe(hole);
  expect(tries()).toBe(1);
});

test('D9 a store whose database was closed is unavailable', async () => {
  const { users, close } = await openTestDatabase();
  await close();
  await expect(users.ping()).rejects.toBeInstanceOf(DatabaseUnavailableError);
});
