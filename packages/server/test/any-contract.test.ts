import { expect, test } from 'vitest';
import { inventoryServer } from './support/inventory.ts';

const app = await inventoryServer();
const staff = { authorization: 'Bearer staff' };

test('parameters arrive decoded and typed', async () => {
  const url = '/inventory/items?limit=5&tag=a&tag=b+c&ids=1,2&sold=true';
  const response = await app.inject({ url, headers: { ...staff, 'x-trace': 'abcd' } });
  expect(response.json()).toEqual({
    query: { limit: 5, tag: ['a', 'b c'], ids: [1, 2], sold: true },
    headers: { 'X-Trace': 'abcd' },
    subject: 'staff',
  });
  expect(response.headers['content-type']).toBe('application/json');
});

test('every fault of query and headers comes in one answer', async () => {
  const url = '/inventory/items?limit=0&limit=5&tag=123456789&ids=1,x&sold=maybe&include=all&bad=%ff';
  const response = await app.inject({ url, headers: { ...staff, 'x-trace': 'abcde' } });
  expect(response.statusCode).toBe(422);
  expect(response.json().codes.sort()).toEqual([
    'invalid-parameter X-Trace',
    'invalid-parameter bad',
    'invalid-parameter ids',
    'invalid-parameter limit',
    'invalid-parameter sold',
    'invalid-parameter tag',
    'unknown-parameter include',
  ]);
});

test('J15 where an operation has no 404, a bad path parameter is told with the other faults', async () => {
  const response = await app.inject('/inventory/items/0?more=1');
  expect(response.statusCode).toBe(422);
  expect(response.json().codes.sort()).toEqual([
    'invalid-parameter itemNo',
    'missing-parameter view',
    'unknown-parameter more',
  ]);
});

test('a concrete path wins over a template', async () => {
  expect((await app.inject('/inventory/items/latest')).statusCode).toBe(204);
  const response = await app.inject({ method: 'DELETE', url: '/inventory/items/latest' });
  expect([response.statusCode, response.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
});

test('an alternative security scheme is enough', async () => {
  const statusOf = async (token: string) =>
    (await app.inject({ url: '/inventory/items', headers: { authorization: `Bearer ${token}` } })).statusCode;
  expect(await Promise.all(['staff', 'partner', 'guest', 'nobody'].map(statusOf))).toEqual([200, 200, 403, 401]);
});

test('a body that does not fit any branch is told once', async () => {
  const payload = JSON.stringify({ name: 'x', parts: [{ size: 1 }, { weight: 2 }] });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const response = await app.inject({ method: 'POST', url: '/inventory/items', headers, payload });
  expect([response.statusCode, response.json().codes]).toEqual([422, ['invalid-value /parts/1']]);
});

test('an optional body may be left out', async () => {
  const response = await app.inject({ method: 'POST', url: '/inventory/items' });
  expect([response.statusCode, response.headers['location'], response.body]).toEqual([201, '/items/1', '']);
});

test('an unexpected failure is 500 where the contract has no 501', async () => {
  const failing = await inventoryServer({
    handlers: {
      ListItems: () => Promise.reject(new Error('secret')),
      CreateItem: (_request, reply) => reply[201]({ Location: '/items/1' }),
      GetItem: (_request, reply) => reply[204](),
      GetLatestItem: (_request, reply) => reply[204](),
    },
  });
  const response = await failing.inject({ url: '/inventory/items', headers: staff });
  expect([response.statusCode, response.json().codes]).toEqual([500, ['internal-error']]);
  expect(response.body).not.toContain('secret');
});

test('without a setting a body may have 64 KiB and not a byte more', async () => {
  const headers = { 'content-type': 'application/json' };
  const statusOf = async (size: number): Promise<number> => {
    const payload = JSON.stringify({ name: 'x', parts: [{ size: 1 }, { weight: 2 }] }).padEnd(size);
    return (await app.inject({ method: 'POST', url: '/inventory/items', headers, payload })).statusCode;
  };
  expect([await statusOf(65_536), await statusOf(65_537)]).toEqual([422, 413]);
});
