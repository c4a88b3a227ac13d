import type { Database } from '@contract-first/database';
import { type Migration, migrate } from '@contract-first/database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '../../src/storage/migrations.ts';
import { openEmptyDatabase } from '../support/database.ts';

let database: Database;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ database, close } = await openEmptyDatabase());
});

afterEach(() => close());

const table = (version: number, name: string): Migration => ({
  version,
  name,
  statements: [`create table ${name} (id int4)`],
});
const two = [table(1, 'first'), table(2, 'second')];

async function count(name: string): Promise<unknown> {
  const [row] = await database.query({ name: `count-${name}`, text: `select count(*)::int4 as count from ${name}` });
  return row?.['count'];
}

test('an empty database gets every step once, in order', async () => {
  expect(await migrate(database, two)).toEqual(['first', 'second']);
  expect(await migrate(database, two)).toEqual([]);
  expect(await count('migrations')).toBe(2);
});

test('an older database gets the steps that it lacks', async () => {
  await migrate(database, two.slice(0, 1));
  expect(await migrate(database, two)).toEqual(['second']);
});

test('a database that is newer than the program is refused with what to do', async () => {
  await migrate(database, two);
  await expect(migrate(database, two.slice(0, 1))).rejects.toThrow(
    'the database has schema version 2 (second), this program knows versions up to 1: start the newer program that made it',
  );
});

test('a database with another history is refused', async () => {
  await migrate(database, [table(1, 'orders')]);
  await expect(migrate(database, two)).rejects.toThrow('schema version 1 is "orders" in the database and "first"');
});

test('a step that fails leaves nothing of itself or of the steps before it', async () => {
  const broken = { version: 3, name: 'broken', statements: ['create table third (id int4)', 'create tabel fourth ()'] };
  await expect(migrate(database, [...two, broken])).rejects.toMatchObject({ code: '42601' });
  expect(await migrate(database, two)).toEqual(['first', 'second']);
});

test('instances that start together migrate once', async () => {
  const taken = await Promise.all([1, 2, 3, 4].map(() => migrate(database, two)));
  expect(taken.flat()).toEqual(['first', 'second']);
});

test('the schema of the service is numbered without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});
