import { inspect } from 'node:util';
import { DatabaseError } from '@contract-first/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const SECRET = 'user@example.com';

let testDatabase: TestDatabase;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
});

afterAll(() => testDatabase.close());

test('A25 the error of a refused value has the statement and the SQLSTATE, but not the value', async () => {
  const error = await testDatabase.users.get(SECRET).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({ code: '22P02', statement: 'get-user', constraint: null });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
});

test('A25 the error of a broken constraint names it, but not the row', async () => {
  const statement = {
    name: 'insert-null',
    text: `insert into users (id, attributes) values ('00000000-0000-4000-8000-000000000000', $1::jsonb)`,
  };
  const error = await testDatabase.database
    .query(statement, [JSON.stringify([SECRET])])
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: '23514', constraint: 'users_attributes_check' });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
});
