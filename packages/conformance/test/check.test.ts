import { describe, expect, test } from 'vitest';
import { checkExchange } from '../src/index.ts';
import { compileShop, type ExchangeParts, exchange, ITEM, shop } from './support/shop.ts';

const contract = await compileShop();
const check = (parts: ExchangeParts) => checkExchange(contract, shop, exchange(parts));

const put: ExchangeParts = {
  method: 'PUT',
  target: `/shop/v1/items/c0daf39b-4df5-4241-9e7d-b1b85f829090`,
  headers: { 'content-type': 'application/json' },
  body: ITEM,
};
const errorReply: ExchangeParts = {
  replyHeaders: { 'content-type': 'application/vnd.api+json' },
  reply: { errors: [{ code: 'x' }] },
};
const elsewhere = { ...errorReply, target: '/shop/v1/nowhere' };

describe('an exchange that keeps the contract has no fault', () => {
  test.each<[string, ExchangeParts]>([
    ['a success', {}],
    ['every parameter', { target: `${exchange().target}&view=long`, headers: { 'x-tenant': 'berlin' } }],
    ['a body', put],
    ['a map and recursion', { ...put, reply: { name: 'Box', labels: { a: 'b' }, parts: [{ name: 'Lid' }] } }],
    ['HEAD', { method: 'HEAD', reply: undefined }],
    ['an invalid request that is refused', { ...errorReply, target: exchange().target.replace('2', '9'), status: 422 }],
    [
      'no body where none is declared',
      {
        target: '/shop/v1/status',
        status: 304,
        replyHeaders: { 'content-type': undefined },
        reply: undefined,
      },
    ],
    ['404 for an unknown address', { ...elsewhere, status: 404 }],
    ['400 for what is no HTTP', { ...errorReply, method: '', target: '', status: 400 }],
    ['429 by the server itself', { ...errorReply, status: 429 }],
    [
      '405 with Allow',
      {
        ...errorReply,
        method: 'POST',
        status: 405,
        replyHeaders: { ...errorReply.replyHeaders, allow: 'PUT, GET, HEAD, OPTIONS' },
      },
    ],
    ['OPTIONS', { method: 'OPTIONS', replyHeaders: { allow: 'GET, HEAD, OPTIONS, PUT' }, reply: undefined }],
  ])('%s', (_, parts) => {
    expect(check(parts)).toEqual([]);
  });
});

describe('a reply that breaks the contract', () => {
  test.each<[string, ExchangeParts, RegExp]>([
    [
      'undeclared status',
      { status: 418 },
      /^GetItem \(shop\.json:1\), status 418: the status is not declared; declare/,
    ],
    [
      'undeclared media type',
      { replyHeaders: { 'content-type': 'text/html' } },
      /media type text\/html is not declared; answer/,
    ],
    [
      'J13 parameter',
      { replyHeaders: { 'content-type': 'application/json; charset=utf-8' } },
      /charset=utf-8 is not declared/,
    ],
    ['no media type', { replyHeaders: { 'content-type': undefined } }, /there is no Content-Type; answer/],
    ['missing header', { replyHeaders: { 'x-version': undefined } }, /the header x-version is missing; send it/],
    ['invalid header', { replyHeaders: { 'x-version': 'one' } }, /the header x-version must be integer; correct/],
    ['header out of range', { replyHeaders: { 'x-version': '0' } }, /the header x-version must be >= 1/],
    ['invalid body', { reply: { name: 'x' } }, /the body at \/name must NOT have fewer than 2 characters; correct/],
    ['no JSON', { reply: '{' }, /the body is not an acceptable JSON document/],
    [
      'undeclared member of a closed object',
      { reply: { name: 'Lamp', secret: 1 } },
      /undeclared member \/secret; leave/,
    ],
    [
      'undeclared member of an open object',
      {
        target: '/shop/v1/status',
        reply: { ok: true, secret: { deep: 1 } },
      },
      /^GetStatus .* undeclared member \/secret; leave it out/,
    ],
    [
      'undeclared member of a branch',
      { reply: { name: 'Lamp', shape: { side: 1, colour: 'red' } } },
      /member \/shape\/colour/,
    ],
    [
      'undeclared member below recursion',
      { reply: { name: 'Box', parts: [{ name: 'Lid', 'a/b': 1 }] } },
      /\/parts\/0\/a~1b/,
    ],
    [
      "undeclared member of a server's error",
      {
        ...elsewhere,
        status: 404,
        reply: { errors: [{ code: 'x', trace: 'y' }] },
      },
      /none of the error documents/,
    ],
    [
      'body where none is declared',
      { target: '/shop/v1/status', status: 304 },
      /a body was sent, but none is declared/,
    ],
    ['body in reply to HEAD', { method: 'HEAD' }, /a body was sent in reply to HEAD/],
    ['unknown address that succeeds', { ...elsewhere, status: 200 }, /has no such operation, and the status is none/],
    ['unknown address that fails', { ...elsewhere, status: 500 }, /none of the server's own; answer 404 or 405/],
    ["server's own status in another media type", { status: 413 }, /Content-Type application\/json is not one of/],
    [
      '405 without Allow',
      { ...errorReply, method: 'POST', status: 405 },
      /allow must list exactly GET, HEAD, OPTIONS, PUT/,
    ],
    [
      '405 for what the contract has',
      {
        ...errorReply,
        status: 405,
        replyHeaders: { ...errorReply.replyHeaders, allow: 'GET, HEAD, OPTIONS, PUT' },
      },
      /the contract has GET for this path; serve it/,
    ],
    ['OPTIONS without Allow', { method: 'OPTIONS', reply: undefined }, /allow must list/],
    [
      'OPTIONS with a body',
      { method: 'OPTIONS', replyHeaders: { allow: 'GET, HEAD, OPTIONS, PUT' } },
      /reply to OPTIONS/,
    ],
  ])('%s', (_, parts, fault) => {
    expect(check(parts)).toEqual([expect.stringMatching(fault)]);
  });
});

describe('a request that the contract refuses must not succeed', () => {
  const target = exchange().target;
  test.each<[string, ExchangeParts, RegExp]>([
    [
      'path',
      { target: target.replace(/[0-9a-f]{12}/, 'x') },
      /the path parameter itemId must match format "uuid", yet/,
    ],
    ['query', { target: target.replace('limit=2', 'limit=6') }, /the query parameter limit must be <= 5, yet/],
    ['number', { target: target.replace('limit=2', 'limit=two') }, /the query parameter limit must be integer, yet/],
    ['missing query', { target: target.replace('?limit=2', '') }, /the query parameter limit is missing, yet/],
    ['D7 unknown query', { target: `${target}&sort=x` }, /the query parameter sort is not declared, yet/],
    ['header', { headers: { 'x-tenant': 'too long for it' } }, /the header parameter X-Tenant must NOT have more/],
    ['J7 missing body', { ...put, body: undefined }, /the body is missing, yet the request succeeded; refuse/],
    [
      'J4 media type',
      { ...put, headers: { 'content-type': 'text/plain' } },
      /the media type text\/plain is not declared/,
    ],
    ['body', { ...put, body: { name: 'x' } }, /the body at \/name must NOT have fewer than 2 characters, yet/],
    ['D2 malformed body', { ...put, body: '{' }, /the body is not an acceptable JSON document: syntax, yet/],
  ])('%s', (_, parts, fault) => {
    expect(check(parts)).toEqual([expect.stringMatching(fault)]);
  });
});

test('D8 the statuses of the server itself can be set', () => {
  const found = checkExchange(contract, shop, exchange({ ...errorReply, status: 429 }), { serverStatuses: new Set() });
  expect(found).toEqual([expect.stringContaining('status 429: the status is not declared')]);
});
