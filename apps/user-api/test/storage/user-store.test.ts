import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserRow, UserStore } from '../../src/storage/user-store.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let testDatabase: TestDatabase;
let users: UserStore;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  users = testDatabase.users;
});

afterAll(() => testDatabase.close());

async function addUser(attributes: Record<string, unknown> = {}): Promise<UserRow> {
  const id = randomUUID();
  await users.import([{ id, attributes }]);
  return stored(id);
}

async function stored(id: string): Promise<UserRow> {
  const row = await users.get(id);
  if (row === null) throw new Error('the record is missing');
  return row;
}

test('an imported record is returned as it was given, as version 1', async () => {
  const id = randomUUID();
  const attributes = { firstName: 'Zoë 🦊', lastName: null, address: { country: 'DE' }, note: 'a "b" \\ c\u2028' };
  const createdAt = new Date('2021-09-01T23:12:56.789Z');
  expect(await users.import([{ id, attributes, createdAt }])).toBe(1);
  const row = await stored(id);
  expect(row).toEqual({ id, attributes, version: 1, createdAt, updatedAt: expect.any(Date) });
});

test('a record that is not there is null', async () => {
  expect(await users.get(randomUUID())).toBeNull();
});

test('ids are returned in lower case and found in any case', async () => {
  const id = randomUUID();
  await users.import([{ id: id.toUpperCase(), attributes: {} }]);
  expect((await stored(id.toUpperCase())).id).toBe(id);
});

test('import adds what is absent, leaves what is there and says how many it added', async () => {
  const old = await addUser({ firstName: 'old' });
  const fresh = Array.from({ length: 1_203 }, () => ({ id: randomUUID(), attributes: { firstName: 'new' } }));
  const [first] = fresh;
  expect(
    await users.import([{ id: old.id, attributes: { firstName: 'new' } }, ...fresh, ...(first ? [first] : [])]),
  ).toBe(1_203);
  expect(await stored(old.id)).toEqual(old);
});

test('an import of nothing adds nothing', async () => {
  expect(await users.import([])).toBe(0);
});

test('a patch returns the whole new record with the next version and keeps the time of creation', async () => {
  const before = await addUser({ firstName: 'John', lastName: 'Smith' });
  const result = await users.patch(before.id, { firstName: 'Jane' }, null);
  const row = await stored(before.id);
  expect(result).toEqual({ outcome: 'updated', row });
  expect(row).toMatchObject({ attributes: { firstName: 'Jane', lastName: 'Smith' }, version: 2 });
  expect(row.createdAt).toEqual(before.createdAt);
  expect(row.updatedAt.getTime()).toBeGreaterThanOrEqual(before.updatedAt.getTime());
});

test('a patch of a record that is not there is missing, whatever its precondition', async () => {
  for (const ifMatch of [null, 'any', [1], []] as const) {
    expect(await users.patch(randomUUID(), { firstName: 'Jane' }, ifMatch)).toEqual({ outcome: 'missing' });
    expect(await users.patch(randomUUID(), {}, ifMatch)).toEqual({ outcome: 'missing' });
  }
});

test('J17 an empty patch changes nothing and makes no new version', async () => {
  const before = await addUser({ firstName: 'John' });
  for (const ifMatch of [null, 'any', [7, 1]] as const) {
    expect(await users.patch(before.id, {}, ifMatch)).toEqual({ outcome: 'updated', row: before });
  }
  expect(await stored(before.id)).toEqual(before);
});

test('J17 an empty patch is held to its precondition', async () => {
  const { id } = await addUser();
  expect(await users.patch(id, {}, [2])).toEqual({ outcome: 'stale' });
  expect(await users.patch(id, {}, [])).toEqual({ outcome: 'stale' });
});

test('H17 a patch whose precondition names the version is made, another one changes nothing', async () => {
  const before = await addUser({ firstName: 'John' });
  expect(await users.patch(before.id, { firstName: 'Jane' }, [2, 3])).toEqual({ outcome: 'stale' });
  expect(await users.patch(before.id, { firstName: 'Jane' }, [])).toEqual({ outcome: 'stale' });
  expect(await stored(before.id)).toEqual(before);
  expect(await users.patch(before.id, { firstName: 'Jane' }, [2, 1])).toMatchObject({ outcome: 'updated' });
  expect(await users.patch(before.id, { firstName: 'Joan' }, 'any')).toMatchObject({ row: { version: 3 } });
});

test('H17 of ten racing patches of the same version one is made and nine are stale', async () => {
  const { id } = await addUser();
  const race = Array.from({ length: 10 }, (_, writer) => users.patch(id, { firstName: `${writer}` }, [1]));
  const outcomes = (await Promise.all(race)).map(({ outcome }) => outcome);
  expect(outcomes.toSorted()).toEqual([...Array(9).fill('stale'), 'updated']);
  expect((await stored(id)).version).toBe(2);
});

test('H18 R2 racing patches of different attributes are all kept', async () => {
  const { id } = await addUser();
  const names = Array.from({ length: 20 }, (_, writer) => `attribute${writer}`);
  await Promise.all(names.map((name) => users.patch(id, { [name]: name }, null)));
  const row = await stored(id);
  expect(row.attributes).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  expect(row.version).toBe(21);
});

test('J20 a patch changes exactly the attributes that it has', async () => {
  const value = fc.oneof(
    storableText(),
    fc.constant(null),
    fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), storableText()),
  );
  const attributes = fc.dictionary(fc.constantFrom('firstName', 'lastName', 'email', 'address', '__proto__'), value);
  await fc.assert(
    fc.asyncProperty(attributes, attributes, async (before, patch) => {
      const { id } = await addUser(before);
      const result = await users.patch(id, patch, null);
      const row = await stored(id);
      expect(result).toEqual({ outcome: 'updated', row });
      expect(entries(row.attributes)).toEqual(entries({ ...before, ...patch }));
    }),
    { numRuns: 60 },
  );
});

test('a member whose name has to be escaped is read as it was stored, whatever was read before', async () => {
  for (const address of [
    { '!': [], '\\': 0 },
    { '!': 1, '"': 2 },
  ]) {
    expect((await addUser({ address })).attributes).toEqual({ address });
  }
});

/** What validation lets through: any text but NUL and lone surrogates. */
function storableText(): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed());
}

function entries(attributes: object): readonly [string, unknown][] {
  return Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

test('J22 a patch that the database refuses changes nothing', async () => {
  const before = await addUser({ firstName: 'John' });
  await expect(users.patch(before.id, { firstName: 'Jane', lastName: '\0' }, null)).rejects.toMatchObject({
    name: 'DatabaseError',
    code: '22P05',
  });
  expect(await stored(before.id)).toEqual(before);
});

test('only objects can be stored as attributes', async () => {
  const record = { id: randomUUID(), attributes: [] as unknown as Record<string, unknown> };
  await expect(users.import([record])).rejects.toMatchObject({ code: '23514' });
});

test('ping answers while the database does', async () => {
  await expect(users.ping()).resolves.toBeUndefined();
});
