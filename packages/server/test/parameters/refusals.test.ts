import { compileContract } from '@contract-first/codegen';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createServer } from '../../src/index.ts';

interface Operation {
  readonly parameters: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
    readonly cookie?: Readonly<Record<string, unknown>>;
  };
  readonly responses: { readonly 204: { readonly headers: object; readonly content?: never } };
}

const contract = await compileContract<{ readonly Find: Operation; readonly Search: Operation }>(`
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
security: []
paths:
  /things/{thingId}:
    get:
      operationId: Find
      security: []
      parameters:
        - { name: thingId, in: path, required: true, style: matrix, schema: { type: string } }
        - { name: text, in: query, schema: { type: string } }
        - { name: count, in: query, schema: { type: integer } }
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: tags, in: query, schema: { type: array, items: { type: string } } }
        - { name: __proto__, in: query, schema: { type: string } }
        - { name: constructor, in: query, schema: { type: string } }
        - { name: pair, in: query, explode: false, schema: { $ref: '#/components/schemas/Point' } }
        - { name: filter, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Point' } }
        - { name: point, in: query, schema: { $ref: '#/components/schemas/Point' } }
        - { name: json, in: query, content: { application/json: { schema: { type: object } } } }
        - { name: constructor, in: header, schema: { type: string } }
        - { name: X-Point, in: header, explode: true, schema: { $ref: '#/components/schemas/Point' } }
        - { name: session, in: cookie, schema: { type: string, minLength: 2 } }
        - { name: sizes, in: cookie, schema: { type: array, items: { type: integer } } }
      responses: { '204': { description: Found. }, '4XX': { $ref: '#/components/responses/Error' }, '501': { $ref: '#/components/responses/Error' } }
  /search:
    get:
      operationId: Search
      security: []
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: others, in: query, schema: { type: object, additionalProperties: { type: string } } }
        - { name: token, in: cookie, required: true, schema: { type: string } }
      responses: { '204': { description: Found. }, '4XX': { $ref: '#/components/responses/Error' }, '501': { $ref: '#/components/responses/Error' } }
components:
  schemas:
    Point: { type: object, properties: { x: { type: integer }, y: { type: integer } }, additionalProperties: false }
  responses:
    Error: { description: Refused., content: { application/vnd.api+json: { schema: {} } } }
`);

let received: Readonly<Record<'query' | 'headers' | 'cookies', Readonly<Record<string, unknown>>>> | undefined;
const app = createServer({
  contract,
  authenticators: {},
  handlers: {
    Find: ({ query, headers, cookies }, reply) => {
      received = { query, headers, cookies };
      return reply[204]();
    },
    Search: ({ query, headers, cookies }, reply) => {
      received = { query, headers, cookies };
      return reply[204]();
    },
  },
});

interface RequestHead {
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const send = ({ path = '/things/;thingId=1', query = '', headers = {} }: RequestHead) =>
  app.inject({ url: query === '' ? path : `${path}?${query}`, headers });

/** Code, source and detail of each error. */
async function errorsOf(request: RequestHead): Promise<readonly string[]> {
  const response = await send(request);
  expect(response.statusCode).toBe(422);
  const { errors } = response.json<{ errors: { code: string; detail: string; source?: object }[] }>();
  return errors.map(({ code, detail, source = {} }) => [code, ...Object.entries(source).flat(), detail].join(' '));
}

const notUtf8 = 'must be percent-encoded UTF-8';

test.each([
  ['NUL', 'text=a%00b', 'invalid-parameter parameter text must not contain NUL'],
  ['NUL in a list', 'ids=1,%00', 'invalid-parameter parameter ids must not contain NUL'],
  ['NUL in JSON', 'json={"a":"%5Cu0000"}', 'invalid-parameter parameter json must not contain NUL or lone surrogates'],
  ['what is not UTF-8', 'text=%ff', `invalid-parameter parameter text ${notUtf8}`],
  ['an overlong form', 'text=%c0%af', `invalid-parameter parameter text ${notUtf8}`],
  ['an escape that ends early', 'text=%4', `invalid-parameter parameter text ${notUtf8}`],
  ['a lone surrogate', 'text=%ed%a0%80', `invalid-parameter parameter text ${notUtf8}`],
  ['a value twice', 'text=a&text=b', 'invalid-parameter parameter text must be given only once'],
  ['a joined list twice', 'ids=1&ids=2', 'invalid-parameter parameter ids must be given only once'],
  ['a member twice', 'x=1&x=2', 'invalid-parameter parameter point must be given only once'],
  [
    'a member of a deepObject twice',
    'filter[x]=1&filter[x]=2',
    'invalid-parameter parameter filter must be given only once',
  ],
  ['a joined member twice', 'pair=x,1,x,2', 'invalid-parameter parameter pair must not have a member twice'],
  [
    'a name without a value',
    'pair=x,1,y',
    'invalid-parameter parameter pair must be a list of names, each with its value behind it',
  ],
  [
    'a member that is not declared',
    'filter[z]=1',
    'invalid-parameter parameter filter must NOT have additional properties',
  ],
  ['a member __proto__', 'filter[__proto__]=1', 'invalid-parameter parameter filter must not have a member __proto__'],
  [
    'a name like a member',
    'filter[x=1',
    'unknown-parameter parameter filter[x The operation does not have this query parameter.',
  ],
  ['a number that no double holds', 'count=9007199254740993', 'invalid-parameter parameter count must be integer'],
  [
    'a number that no double holds in a list',
    'ids=1,12345678901234567890',
    'invalid-parameter parameter ids must be integer',
  ],
  ['a number as a form has it', 'count=+1', 'invalid-parameter parameter count must be integer'],
  ['what is not JSON', 'json={', 'invalid-parameter parameter json must be a JSON document'],
  ['a member of JSON twice', 'json={"a":1,"a":2}', 'invalid-parameter parameter json must not have a member twice'],
])('G1 %s in a query is refused with 422', async (_, query, error) => {
  expect((await errorsOf({ query }))[0]).toContain(error);
});

test.each([
  ['NUL', '/things/;thingId=a%00'],
  ['another name', '/things/;other=a'],
  ['another name beside it', '/things/;thingId=a;other=b'],
  ['another style', '/things/a'],
  ['the name twice', '/things/;thingId=a;thingId=b'],
])('G1, H5 %s in a path names nothing', async (_, path) => {
  expect((await send({ path })).statusCode).toBe(404);
});

test('G1 a header is refused with its name', async () => {
  expect(await errorsOf({ headers: { 'x-point': 'x=1,2' } })).toEqual([
    'invalid-parameter header X-Point must be a list of name=value',
  ]);
  expect(await errorsOf({ headers: { 'x-point': 'x=1,y=a' } })).toEqual([
    'invalid-parameter header X-Point must be integer',
  ]);
});

test.each([
  [
    'a schema that refuses',
    'session=a',
    'invalid-parameter header Cookie session must NOT have fewer than 2 characters',
  ],
  ['the name twice', 'session=ab; session=cd', 'invalid-parameter header Cookie session must be given only once'],
  ['what is not UTF-8', 'session=%ff', `invalid-parameter header Cookie session ${notUtf8}`],
  ['NUL', 'session=a%00b', 'invalid-parameter header Cookie session must not contain NUL'],
  ['an item of another type', 'sizes=1; sizes=a', 'invalid-parameter header Cookie sizes must be integer'],
])('G1 %s in a cookie is refused with 422', async (_, cookie, error) => {
  expect(await errorsOf({ headers: { cookie } })).toEqual([error]);
});

test('G1 a required cookie that is missing is refused; others are ignored', async () => {
  expect(await errorsOf({ path: '/search', headers: { cookie: 'other=1' } })).toEqual([
    'missing-parameter header Cookie token is required',
  ]);
});

test('G1 names that every object of JavaScript has are names like others', async () => {
  const none = await send({});
  expect([none.statusCode, received?.query['constructor'], received?.headers['constructor']]).toEqual([
    204,
    undefined,
    undefined,
  ]);
  await send({ query: '__proto__=a&constructor=b', headers: { constructor: 'c' } });
  expect(Object.entries(received?.query ?? {})).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  expect(received?.headers).toEqual({ constructor: 'c' });
});

test('D7 an object that takes every name leaves those of other parameters alone', async () => {
  const response = await send({ path: '/search', query: 'limit=5&a=b&c[d]=', headers: { cookie: 'token=a' } });
  expect(response.statusCode).toBe(204);
  expect(received).toEqual({
    query: { limit: 5, others: { a: 'b', 'c[d]': '' } },
    headers: {},
    cookies: { token: 'a' },
  });
});

test('G1 numbers arrive as they were written, however large', async () => {
  await send({ query: 'count=9007199254740994&ids=-0,100000000000000000000' });
  expect(received?.query).toEqual({ count: 9007199254740994, ids: [-0, 1e20] });
});

test("G1 whatever stands in path, query, header and cookies, the answer is the handler's or a refusal", async () => {
  const names = [
    'text',
    'ids',
    'pair',
    'filter[x]',
    'filter[',
    'json',
    'x',
    'session',
    'sizes',
    '__proto__',
    'thingId',
  ];
  const piece = fc.constantFrom(...names, ...'=&;,|+.[]{}":1-', '%', '%00', '%2C', '%5B', '%ff', '%C3%BC', '%7B%7D');
  const part = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(part, part, part, async (path, query, value) => {
      const headers = { 'x-point': value, cookie: value };
      const { statusCode } = await send({ path: `/things/;thingId=${path}`, query, headers });
      expect([204, 404, 422]).toContain(statusCode);
    }),
    { numRuns: 300 },
  );
});
