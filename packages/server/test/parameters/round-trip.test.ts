import { type Client, createClient, InvalidRequestError } from '@contract-first/client';
import { compileContract } from '@contract-first/codegen';
import type { Handler } from '@contract-first/core';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createServer } from '../../src/index.ts';
import { cannotBeCarried } from './carriage.ts';
import { type Combination, combinationDocument, combinations, nameOf, type SchemaName } from './combinations.ts';

interface Values {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
}

/** What every operation of the document is like, as far as types go. */
interface Operation {
  readonly parameters: { readonly [Place in keyof Values]?: Values[Place] };
  readonly responses: { readonly 204: { readonly headers: object; readonly content?: never } };
}

const contract = await compileContract<Record<string, Operation>>(combinationDocument());
let received: unknown;

function handlerOf(combination: Combination): Handler<Operation> {
  return ({ path, query, headers, cookies }, reply) => {
    received = { path, query, header: headers, cookie: cookies }[combination.in][nameOf(combination)];
    return reply[204]();
  };
}

const app = createServer({
  contract,
  authenticators: {},
  handlers: Object.fromEntries(combinations.map((combination) => [combination.operationId, handlerOf(combination)])),
});
const baseUrl = `${await app.listen({ host: '127.0.0.1', port: 0 })}/v1`;
afterAll(() => app.close());
const client: Client<Record<string, Operation>> = createClient(contract, { baseUrl, retry: false });

const character = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...`,;|.+&=#%/?"'\\[]{}~!()*$@: aB10`) },
  { weight: 4, arbitrary: fc.constantFrom('%2C', '%7C', '%20', '%25', '%ff', '%', 'ü', '€', '😀', '\t', '\u00a0') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\0', '\ud800') },
);
const text = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', '.', '..', ',', 'true', '1', 'null', '__proto__') },
  { weight: 4, arbitrary: fc.array(character, { maxLength: 6 }).map((characters) => characters.join('')) },
  { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.constant(-0));
const integer = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(-0, 1e20, 2 ** 60));
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 4 });
const key = text.filter((name) => name !== '__proto__' && name !== 'count');

const values: Readonly<Record<SchemaName, fc.Arbitrary<unknown>>> = {
  string: text,
  integer,
  number,
  boolean: fc.boolean(),
  strings: list(text),
  numbers: list(number),
  booleans: list(fc.boolean()),
  closed: fc.record(
    { text, count: integer, isOpen: fc.boolean(), constructor: text, 'a.b[c]=,;|': text },
    { requiredKeys: [] },
  ),
  cookieObject: fc.record({ text, count: number, 'a.b|%25': text }, { requiredKeys: [] }),
  open: fc
    .tuple(fc.dictionary(key, text, { maxKeys: 3 }), fc.option(integer))
    .map(([members, count]) => (count === null ? members : { ...members, count })),
  json: fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))),
};

const cases = fc
  .constantFrom(...combinations)
  .chain((combination) => values[combination.schema].map((value) => ({ combination, value })));

/** Whether the client sent the value; the handler must then have got the same. */
async function isCarried({ combination, value }: { combination: Combination; value: unknown }): Promise<boolean> {
  const part = { [nameOf(combination)]: value };
  const call = { path: { path: part }, query: { query: part }, header: { headers: part }, cookie: { cookies: part } };
  received = undefined;
  try {
    const result = await client[combination.operationId]?.(call[combination.in]);
    expect(result?.status).toBe(204);
  } catch (error) {
    if (error instanceof InvalidRequestError) return false;
    throw error;
  }
  expect(received).toEqual(value);
  return true;
}

const ordinary: Readonly<Record<SchemaName, unknown>> = {
  string: 'a b',
  integer: -5,
  number: 1.5e-7,
  boolean: false,
  strings: ['a', 'b;c'],
  numbers: [1, 0.5],
  booleans: [true, false],
  closed: { text: 'a', isOpen: true },
  cookieObject: { count: 1, 'a.b|%25': 'c' },
  open: { a: 'b', count: 5 },
  json: { a: [1, null, { b: 'ü' }] },
};

test('G1 every place, style, explode and type carries ordinary values', async () => {
  for (const combination of combinations) {
    expect(await isCarried({ combination, value: ordinary[combination.schema] })).toBe(true);
  }
});

test('G1 what the client writes is what the handler gets, and only what cannot be carried is refused', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ combination, value }) => {
      expect(await isCarried({ combination, value })).toBe(!cannotBeCarried(combination, value));
    }),
    { numRuns: 600 },
  );
});
