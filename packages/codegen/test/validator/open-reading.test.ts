import { compileContract } from '@contract-first/codegen';
import type { ReplyMediaTypeObject } from '@contract-first/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components, schema, valueFor } from './random-schema.ts';

/** The validators of schemas as bodies of replies. */
async function repliesOf(
  schemas: readonly unknown[],
  named: Readonly<Record<string, unknown>> = {},
): Promise<readonly ReplyMediaTypeObject[]> {
  const paths = schemas.map((one, index) => [
    `/things/${index}`,
    {
      get: {
        operationId: `operation${index}`,
        security: [],
        responses: { 200: { description: 'A thing.', content: { 'application/json': { schema: one } } } },
      },
    },
  ]);
  const { operations } = await compileContract(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Things', version: '1.0.0' },
      paths: Object.fromEntries(paths),
      components: { schemas: named },
    }),
    'openapi.json',
  );
  return schemas.map((_, index) => {
    const reply = operations[`operation${index}`]?.responses['200']?.content['application/json'];
    if (reply === undefined) throw new Error(`schema ${index} has no validator`);
    return reply;
  });
}

const closed = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string' };
const number = { type: 'number' };

const dog = closed({ kind: { const: 'dog' }, barks: { type: 'boolean' } }, ['kind']);
const cat = closed({ kind: { const: 'cat' }, lives: number }, ['kind']);

test.each<[what: string, schema: object, grown: unknown, wrong: unknown]>([
  ['a closed object', closed({ a: text }), { a: 'x', z: 1 }, { a: 1, z: 1 }],
  ['one below another', closed({ a: closed({ b: text }, ['b']) }), { a: { b: 'x', z: 1 }, z: 1 }, { a: { z: 1 } }],
  ['in a list', { type: 'array', items: closed({ a: text }) }, [{ z: 1 }], [{ a: 1 }]],
  ['in a map', { type: 'object', additionalProperties: closed({ a: text }) }, { m: { z: 1 } }, { m: { a: 1 } }],
  [
    'in an object that is closed around allOf',
    { type: 'object', allOf: [{ type: 'object', properties: { a: text } }], unevaluatedProperties: false },
    { a: 'x', z: 1 },
    { a: 1 },
  ],
  [
    'by the branch that a member names',
    { oneOf: [dog, cat] },
    { kind: 'cat', lives: 9, z: 1 },
    { kind: 'cat', lives: '9' },
  ],
  [
    'by either of two closed branches',
    { oneOf: [closed({ a: text }), closed({ b: text })] },
    { a: 'x', b: 'y' },
    { a: 1, b: 1 },
  ],
  [
    'beside anyOf',
    {
      anyOf: [
        { type: 'object', required: ['a'] },
        { type: 'object', required: ['b'] },
      ],
      oneOf: [dog, cat],
    },
    { kind: 'dog', a: 1 },
    { kind: 'dog' },
  ],
  [
    'under contains',
    { type: 'array', minItems: 1, contains: closed({ a: text }, ['a']), maxContains: 1 },
    [
      { a: 'x', z: 1 },
      { a: 'y', z: 1 },
    ],
    [{ z: 1 }],
  ],
  ['by way of a reference', { $ref: '#/components/schemas/Tree' }, { below: [{ below: [], z: 1 }] }, { below: [{}] }],
])('G8 a member that is new passes %s; what is missing or wrong does not', async (_what, one, grown, wrong) => {
  const below = { type: 'array', items: { $ref: '#/components/schemas/Tree' } };
  const [reply] = await repliesOf([one], { Tree: closed({ below }, ['below']) });
  expect(reply?.validate(grown)).not.toEqual([]);
  expect(reply?.validateOpen(grown)).toEqual([]);
  expect(reply?.validateOpen(wrong)).not.toEqual([]);
});

test('what decides about another schema is read as it is written', async () => {
  const a = closed({ a: text });
  const branches: object = JSON.parse(`{
    "then": { "type": "object", "required": ["a"] },
    "else": { "type": "object", "required": ["z"] }
  }`);
  const [excluded, chosen] = await repliesOf([
    { type: 'object', not: a },
    { type: 'object', if: a, ...branches },
  ]);
  expect(excluded?.validateOpen({ a: 'x', z: 1 })).toEqual([]);
  expect(excluded?.validateOpen({ a: 'x' })).not.toEqual([]);
  expect(chosen?.validateOpen({ a: 'x', z: 1 })).toEqual([]);
  expect(chosen?.validateOpen({})).not.toEqual([]);
});

test('a schema that is closed nowhere has one validator', async () => {
  const [reply] = await repliesOf([{ type: 'object', properties: { a: text } }]);
  expect(reply?.validateOpen).toBe(reply?.validate);
});

test('G8 a receiver takes whatever the sender may send', async () => {
  const schemas = fc.sample(schema, 120);
  const replies = await repliesOf(schemas, components);
  let count = 0;
  for (const [index, one] of schemas.entries()) {
    for (const value of fc.sample(valueFor(one), 40)) {
      if (replies[index]?.validate(value).length !== 0) continue;
      count += 1;
      expect(replies[index].validateOpen(value), JSON.stringify({ one, value })).toEqual([]);
    }
  }
  expect(count).toBeGreaterThan(500);
});
