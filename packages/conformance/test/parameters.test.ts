import { expect, test } from 'vitest';
import { checkExchange, checkProbe, createRecorder, probes, recordExchanges, sendProbe } from '../src/index.ts';
import { changedShop, compileShop, exchange } from './support/shop.ts';
import { environment, shopServer } from './support/shop-server.ts';

const tags = { type: 'array', items: { type: 'string' } };
const document = changedShop(
  ['paths', '/items/{itemId}', 'get', 'parameters'],
  [
    { name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 5 }, example: 2 },
    {
      name: 'filter',
      in: 'query',
      required: true,
      style: 'deepObject',
      schema: { type: 'object', additionalProperties: false, properties: { count: { type: 'integer' } } },
      example: { count: 1 },
    },
    { name: 'tags', in: 'query', required: true, explode: false, schema: tags, example: ['a,b', 'c'] },
    { name: 'X-Tags', in: 'header', required: true, schema: tags, example: ['a', 'b'] },
    { name: 'session', in: 'cookie', required: true, schema: { type: 'string', minLength: 2 }, example: 'a b' },
    {
      name: 'tree',
      in: 'query',
      required: true,
      content: { 'application/json': { schema: { type: 'object' }, example: { a: [1] } } },
    },
  ],
);
const contract = await compileShop(document);

test('probes write parameters of every style, and what is recorded has no fault', async () => {
  const recorder = createRecorder(contract, document);
  const app = await shopServer(contract, (server) => recordExchanges(server, recorder));
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const tried = [...probes(contract, document, environment)].filter(({ operationId }) => operationId === 'GetItem');
  for (const probe of tried)
    expect([probe.name, ...checkProbe(probe, await sendProbe(origin, probe))]).toEqual([probe.name]);
  await app.close();
  expect(recorder.results().faults).toEqual([]);
  expect(tried.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'GetItem without the cookie parameter session: 422',
      'GetItem the cookie parameter session breaks minLength: 422',
    ]),
  );
});

const target = `${exchange().target.split('?')[0]}?limit=2&filter[count]=1&tags=a%2Cb,c&tree={}`;
const headers = { 'x-tags': 'a, b', cookie: 'other=1; session=ab' };

test.each([
  ['nothing', target, headers, []],
  [
    'a member',
    target.replace('count', 'size'),
    headers,
    [/the query parameter filter must NOT have additional properties/],
  ],
  ['JSON', target.replace('{}', '{'), headers, [/the query parameter tree must be a JSON document/]],
  [
    'a cookie',
    target,
    { ...headers, cookie: 'session=a' },
    [/the cookie parameter session must NOT have fewer than 2/],
  ],
  ['an unknown name', `${target}&more=1`, headers, [/the query parameter more is not declared/]],
])('of a request that succeeded, what is wrong is told: %s', (_, requestTarget, requestHeaders, faults) => {
  const found = checkExchange(contract, document, exchange({ target: requestTarget, headers: requestHeaders }));
  expect(found).toEqual(faults.map((fault) => expect.stringMatching(fault)));
});
