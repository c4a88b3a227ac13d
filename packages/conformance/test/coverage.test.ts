import { describe, expect, test } from 'vitest';
import { coveredCells, createRecorder, enumerateCells } from '../src/index.ts';
import { compileShop, type ExchangeParts, exchange, ITEM, rawExchange, shop } from './support/shop.ts';

const contract = await compileShop();
const cells = enumerateCells(contract, shop);
const ids = cells.map(({ id }) => id);
const of = (prefix: string): readonly string[] =>
  ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
const covered = (parts: ExchangeParts): readonly string[] =>
  [...coveredCells(contract, shop, exchange(parts))].filter((id) => ids.includes(id)).sort();

describe('cells', () => {
  test('of a small operation are exactly these', () => {
    expect(of('GetStatus ').filter((id) => !/^response (406|501)/.test(id))).toEqual([
      'exchange - 200 application/json',
      'exchange - 304 -',
      'exchange - 406 application/vnd.api+json',
      'exchange - 501 application/vnd.api+json',
      'header 200 x-load',
      'response 200 application/json /ok',
      'response 200 application/json /mood',
      'response 200 application/json /mood = "good"',
      'response 200 application/json /mood = "bad"',
      'response 200 application/json /mood = null',
    ]);
  });

  test('of parameters are two where they are optional', () => {
    expect(of('GetItem parameter ')).toEqual([
      'path itemId given',
      'query view given',
      'query view absent',
      'query limit given',
      'header X-Tenant given',
      'header X-Tenant absent',
    ]);
  });

  test('of bodies are their members, values, branches, maps and recursion, once', () => {
    expect(of('SetItem request application/json ')).toEqual([
      '/name',
      '/kind',
      '/kind = "a"',
      '/kind = "b"',
      '/kind = null',
      '/count',
      '/tags',
      '/tags/*',
      '/country',
      '/shape',
      '/shape branch /components/schemas/Item/properties/shape/oneOf/0',
      '/shape branch /components/schemas/Item/properties/shape/oneOf/1',
      '/shape/radius',
      '/shape/side',
      '/labels',
      '/labels/*',
      '/parts',
      '/parts/*',
    ]);
  });

  test('of security are its alternatives', () => {
    expect(of('SetItem security ')).toEqual(['Staff', 'Partner']);
    expect(of('GetStatus security ')).toEqual([]);
  });

  test('have ids of their own, a place and something to do', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(cells.find(({ id }) => id === 'SetItem request application/json /kind = null')).toEqual({
      id: 'SetItem request application/json /kind = null',
      operationId: 'SetItem',
      place: 'shop.json:1',
      remedy: 'send a valid body with /kind that is null',
    });
  });

  test('have the line of the document if somebody knows it', () => {
    const located = enumerateCells(contract, shop, (pointer) => `at ${pointer}`);
    const places = new Map(located.map(({ id, place }) => [id, place]));
    expect(places.get('SetItem request application/json /kind')).toBe('at /components/schemas/Item/properties/kind');
    expect(places.get('GetStatus header 200 x-load')).toBe('at /paths/~1status/get/responses/200');
  });
});

describe('an exchange covers', () => {
  test('status, media type, parameters, headers and members', () => {
    expect(covered({ target: `${exchange().target}&view=long` })).toEqual([
      'GetItem exchange - 200 application/json',
      'GetItem header 200 x-version',
      'GetItem parameter header X-Tenant absent',
      'GetItem parameter path itemId given',
      'GetItem parameter query limit given',
      'GetItem parameter query view given',
      'GetItem response 200 application/json /count',
      'GetItem response 200 application/json /kind',
      'GetItem response 200 application/json /kind = "a"',
      'GetItem response 200 application/json /name',
      'GetItem response 200 application/json /shape',
      'GetItem response 200 application/json /shape branch /components/schemas/Item/properties/shape/oneOf/1',
      'GetItem response 200 application/json /shape/side',
    ]);
  });

  const sent = (body: unknown, type = 'application/json'): readonly string[] =>
    covered({
      method: 'PUT',
      target: '/shop/v1/items/x',
      headers: { 'content-type': type },
      body,
      status: 501,
      reply: {},
    });

  test('null, maps and recursion of a request body', () => {
    expect(sent({ name: 'Lamp', kind: null, labels: { a: 'b' }, parts: [{ name: 'Lid', kind: 'b' }] })).toEqual([
      'SetItem request application/json /kind',
      'SetItem request application/json /kind = null',
      'SetItem request application/json /labels',
      'SetItem request application/json /labels/*',
      'SetItem request application/json /name',
      'SetItem request application/json /parts',
      'SetItem request application/json /parts/*',
    ]);
  });

  test('nothing by an invalid body, an invalid parameter or an undeclared media type', () => {
    expect(sent({ name: 'x' })).toEqual([]);
    expect(sent(ITEM, 'text/plain')).toEqual([]);
  });

  test('nothing by HEAD, an undeclared status or an unknown address', () => {
    expect(covered({ method: 'HEAD' })).toEqual([]);
    expect(covered({ status: 418 })).toEqual([]);
    expect(covered({ target: '/shop/v1/nowhere' })).toEqual([]);
  });
});

test('a recorder covers every cell that it is shown', async () => {
  const recorder = createRecorder(contract, shop);
  const principal = { subject: 'me', scopes: new Set(['items']) };
  recorder.add(rawExchange(), new Map([['Partner', principal]]));
  expect(recorder.results().cells).toContain('GetItem security Partner');
  expect(recorder.results().cells).not.toContain('GetItem security Staff');
});
