import { contract } from '@user-api/contract';
import { expect, onTestFinished, test } from 'vitest';
import { describeReport } from '../../src/commands/check-data-command.ts';
import { checkStoredData } from '../../src/commands/stored-data.ts';
import type { NewUser, UserStore } from '../../src/storage/user-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { EXAMPLE_ATTRIBUTES, JSON_API } from '../support/service.ts';

const { validate } = contract.operations.GetUser.responses['200'].content[JSON_API];

/** A store that holds the records in memory. */
function holding(...users: readonly NewUser[]): Pick<UserStore, 'scan'> {
  const now = new Date(0);
  const rows = users.map(({ id, attributes }) => ({ id, attributes, version: 1, createdAt: now, updatedAt: now }));
  return {
    scan: async (after, limit) => rows.filter(({ id }) => after === null || id > after).slice(0, limit),
  };
}

/** @param number is the end of the id, so that ids are in the order of numbers */
function user(number: number, attributes: object = {}): NewUser {
  const id = `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { id, attributes: { ...EXAMPLE_ATTRIBUTES, ...attributes } };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

test('every record is seen once, in pages that are not larger than asked for', async () => {
  const database = await openTestDatabase();
  onTestFinished(() => database.close());
  await database.users.import(range(25).map((number) => user(number)));
  const pages: number[] = [];
  const seen: string[] = [];
  const scan = async (after: string | null, limit: number) => {
    const page = await database.users.scan(after, limit);
    pages.push(page.length);
    seen.push(...page.map(({ id }) => id));
    return page;
  };
  const progress: number[] = [];
  const report = await checkStoredData({ scan }, validate, { pageSize: 10, onProgress: (done) => progress.push(done) });
  expect(report).toMatchObject({ records: 25, violating: 0, groups: [] });
  expect(pages).toEqual([10, 10, 5]);
  expect(progress).toEqual([10, 20, 25]);
  expect(seen).toEqual(range(25).map((number) => user(number).id));
  expect(await database.users.count()).toBe(25);
});

test.each([0, 10, 20])('a table of %i records ends with the last page', async (count) => {
  const users = holding(...range(count).map((number) => user(number)));
  expect(await checkStoredData(users, validate, { pageSize: 10 })).toMatchObject({ records: count });
});

test('planted violations are counted by place and keyword, the most frequent first', async () => {
  const broken = [
    ...range(7).map((number) => user(number, { zoneInfo: 'Mars/Olympus' })),
    user(7, { gender: 'x', zoneInfo: 'Mars/Olympus' }),
    user(8, { email: null }),
    user(9, { address: { country: 'DE', planet: 'Mars' } }),
    user(10, { firstName: 'x'.repeat(257) }),
  ];
  const users = holding(...broken, ...range(30).map((number) => user(100 + number)));
  const report = await checkStoredData(users, validate, { pageSize: 3 });
  expect(report).toMatchObject({ records: 41, violating: 11 });
  expect(report.groups.map(({ pointer, keyword, count }) => `${pointer} ${keyword} ${count}`)).toEqual([
    '/data/attributes/zoneInfo format 8',
    '/data/attributes/gender enum 1',
    '/data/attributes/email type 1',
    '/data/attributes/address additionalProperties 1',
    '/data/attributes/firstName maxLength 1',
  ]);
  expect(report.groups[0]?.ids).toEqual(range(5).map((number) => user(number).id));
  const text = describeReport(report);
  expect(text).toContain(`8 records: ${user(0).id}`);
  expect(text).not.toContain('Mars/');
  expect(text).not.toContain('xxx');
});

test('J24 a record without an e-mail address breaks the contract, one without anything else does not', async () => {
  const { email } = EXAMPLE_ATTRIBUTES;
  const users = holding({ id: user(1).id, attributes: { email } }, { id: user(2).id, attributes: {} });
  const { violating, groups } = await checkStoredData(users, validate);
  expect(violating).toBe(1);
  expect(groups[0]).toMatchObject({ pointer: '/data/attributes/email', ids: [user(2).id] });
});

test('stored attributes that the contract no longer has are told, and break nothing', async () => {
  const users = holding(user(1, { nickname: 'Jo' }), user(2, { nickname: 'Al' }), user(3));
  const report = await checkStoredData(users, validate);
  expect(report).toMatchObject({ violating: 0, leftOut: new Map([['nickname', 2]]) });
  expect(describeReport(report)).toContain('nickname: 2');
  expect(describeReport(report)).not.toContain('Jo');
});

test('a record counts once for each place and keyword, and the items of a list are one place', async () => {
  const violation = (pointer: string) => ({ pointer, keyword: 'type', params: {}, message: 'must be string' });
  const everything = () => [violation('/data/tags/0'), violation('/data/tags/17'), violation('/data/tags/17/name')];
  const { groups, violating } = await checkStoredData(holding(user(1), user(2)), everything);
  expect(violating).toBe(2);
  expect(groups.map(({ pointer, count }) => `${pointer} ${count}`)).toEqual(['/data/tags/* 2', '/data/tags/*/name 2']);
});
