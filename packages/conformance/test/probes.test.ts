import { Agent } from 'node:http';
import type { AnyOperations, Contract } from '@contract-first/core';
import type { FastifyInstance } from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { checkProbe, createRecorder, type Probe, probes, recordExchanges, sendProbe } from '../src/index.ts';
import { changedShop, compileShop, shop } from './support/shop.ts';
import { environment, shopServer } from './support/shop-server.ts';

const contract = await compileShop();
const all = [...probes(contract, shop, environment)];
const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** The names of the probes that fail, with the reasons. */
async function failing(app: FastifyInstance, tried = all): Promise<readonly string[]> {
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const failed: string[] = [];
  for (const probe of tried) {
    const faults = checkProbe(probe, await sendProbe(origin, probe, agent));
    if (faults.length > 0) failed.push(`${probe.name} — ${faults.join('; ')}`);
  }
  await app.close();
  return failed;
}

const names = (list: readonly Probe[]): readonly string[] => list.map(({ name }) => name);

test('probes are made for every operation, each with a name of its own', () => {
  expect(names(all)).toMatchSnapshot();
  expect(new Set(names(all)).size).toBe(all.length);
});

test('the same contract makes the same probes', () => {
  expect([...probes(contract, shop, environment)]).toEqual(all);
});

test('a server that keeps the contract passes every probe, and no exchange has a fault', async () => {
  const recorder = createRecorder(contract, shop);
  expect(await failing(await shopServer(contract, (app) => recordExchanges(app, recorder)))).toEqual([]);
  expect(recorder.results().faults).toEqual([]);
  expect(recorder.results().cells.length).toBeGreaterThan(100);
});

const item = ['components', 'schemas', 'Item'];
const property = (name: string, keyword: string) => [...item, 'properties', name, keyword];

describe('a server of a laxer or stricter contract is caught', () => {
  test.each<[string, readonly string[], unknown, RegExp]>([
    ['maxLength', property('name', 'maxLength'), 9, /SetItem \/name breaks maxLength/],
    ['stricter maxLength', property('name', 'maxLength'), 7, /SetItem \/name is valid/],
    ['minLength', property('name', 'minLength'), 1, /\/name breaks minLength/],
    ['null', [...item, 'properties', 'kind'], { type: 'string', enum: ['a', 'b'] }, /\/kind is valid/],
    ['enum', property('kind', 'enum'), ['a', null], /\/kind is valid/],
    ['no enum', property('kind', 'enum'), undefined, /\/kind breaks enum/],
    ['minimum', property('count', 'minimum'), -3, /\/count breaks minimum/],
    ['exclusiveMaximum', property('count', 'exclusiveMaximum'), 20, /\/count breaks exclusiveMaximum/],
    ['multipleOf', property('count', 'multipleOf'), undefined, /\/count breaks multipleOf/],
    ['minItems', property('tags', 'minItems'), undefined, /\/tags breaks minItems/],
    ['maxItems', property('tags', 'maxItems'), 9, /\/tags breaks maxItems/],
    ['uniqueItems', property('tags', 'uniqueItems'), undefined, /\/tags breaks uniqueItems/],
    ['pattern of items', [...property('tags', 'items'), 'pattern'], undefined, /\/tags\/0 breaks pattern/],
    ['format', property('country', 'format'), undefined, /\/country breaks format/],
    ['maxProperties', property('labels', 'maxProperties'), undefined, /\/labels breaks maxProperties/],
    [
      'member of a map',
      [...property('labels', 'additionalProperties'), 'maxLength'],
      9,
      /\/labels\/\w+ breaks maxLength/,
    ],
    [
      'branch',
      ['components', 'schemas', 'Square', 'properties', 'side', 'minimum'],
      -9,
      /\/shape\/side breaks minimum/,
    ],
    ['required', [...item, 'required'], [], /body breaks required \(name\)/],
    ['closed object', [...item, 'additionalProperties'], {}, /additionalProperties \(notInTheContract\)/],
    [
      'query parameter',
      ['paths', '/items/{itemId}', 'get', 'parameters', '1', 'schema', 'maximum'],
      9,
      /limit breaks maximum/,
    ],
    [
      'required parameter',
      ['paths', '/items/{itemId}', 'get', 'parameters', '1', 'required'],
      false,
      /without the query parameter limit/,
    ],
    [
      'H5 path parameter',
      ['paths', '/items/{itemId}', 'parameters', '0', 'schema', 'format'],
      undefined,
      /itemId breaks format/,
    ],
    ['D3 owner', ['paths', '/items/{itemId}', 'put', 'x-owner'], undefined, /D3 SetItem by another user: 403/],
    ['A5 scope', ['security'], [{ Staff: [] }, { Partner: [] }], /A5 GetItem without scopes: 403/],
  ])('%s', async (_, keys, value, name) => {
    const changed: Contract<AnyOperations> = await compileShop(changedShop(keys, value));
    const tried = all.filter((probe) => name.test(probe.name));
    expect(tried).not.toEqual([]);
    expect(await failing(await shopServer(changed), tried)).not.toEqual([]);
  });
});

describe('a server that goes its own way is caught', () => {
  const onError = (change: (errors: Record<string, unknown>[]) => void) => (app: FastifyInstance) =>
    app.addHook('onSend', async (_request, _reply, payload) => {
      if (!Buffer.isBuffer(payload) || !payload.toString().startsWith('{"errors"')) return payload;
      const body: { errors: Record<string, unknown>[] } = JSON.parse(payload.toString());
      change(body.errors);
      return Buffer.from(JSON.stringify(body));
    });

  test.each<[string, (app: FastifyInstance) => unknown, RegExp]>([
    [
      'J14 by wrong pointers',
      onError((errors) =>
        errors.forEach((error) => {
          error['source'] = { pointer: '/name' };
        }),
      ),
      /the source is/,
    ],
    [
      'by wrong codes',
      onError((errors) =>
        errors.forEach((error) => {
          error['code'] = 'wrong';
        }),
      ),
      /the code is wrong/,
    ],
    ['by one error too many', onError((errors) => errors.push({ code: 'more' })), /the code is more/],
    [
      'A1 without a challenge',
      (app) => app.addHook('onSend', async (_, reply) => void reply.removeHeader('www-authenticate')),
      /www-authenticate is missing/,
    ],
    [
      'H1 without Allow',
      (app) => app.addHook('onSend', async (_, reply) => void reply.removeHeader('allow')),
      /H1 .* the header allow is/,
    ],
    [
      'J5 by one of two headers',
      (app) =>
        app.addHook('onRequest', async ({ raw }) => {
          raw.rawHeaders = Object.entries(raw.headers).flat().map(String);
        }),
      /J5 SetItem/,
    ],
  ])('%s', async (_, breakIt, name) => {
    const app = await shopServer(contract, (broken) => void breakIt(broken));
    expect(await failing(app)).toContainEqual(expect.stringMatching(name));
  });
});

test('an operation without an example gets a made value, or says what it needs', async () => {
  const document = changedShop(['paths', '/items/{itemId}', 'parameters', '0', 'example'], undefined);
  const changed = await compileShop(document);
  expect([...probes(changed, document, environment)].length).toBeGreaterThan(100);
  const schema = { type: 'string', pattern: '^x$', maxLength: 1, not: { type: 'string', const: 'x' } };
  const impossible = changedShop(['paths', '/items/{itemId}', 'parameters', '0'], {
    ...{ name: 'itemId', in: 'path', required: true, schema },
  });
  const never = await compileShop(impossible);
  expect(() => [...probes(never, impossible, environment)]).toThrow(
    'GetItem: give the path parameter itemId an example',
  );
});
