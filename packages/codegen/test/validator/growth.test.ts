import { compileContract } from '@contract-first/codegen';
import type { Validator } from '@contract-first/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chain, looksAt } from './looks.ts';

/**
 * The work for a value grows with its size, for every schema. Work is counted in looks at the value, so that the result
 * is the same on every machine: eight times the value takes about eight times as many.
 */
const FACTOR = 8;
const MAX_GROWTH = 1.2 * FACTOR;

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const list = (items: object, more: object = {}): object => ({ type: 'array', items, ...more });
const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });
const closed = (properties: object, required: readonly string[] = []): object =>
  object(properties, { required, additionalProperties: false });
const kind = (name: string): object =>
  closed({ kind: { type: 'string', const: name }, child: ref('Tagged') }, ['kind']);
const integer = { type: 'integer' };

const components: Readonly<Record<string, object>> = {
  Tagged: { oneOf: ['a', 'b', 'c', 'd'].map(kind) },
  Alike: {
    oneOf: [
      closed({ child: ref('Alike'), x: integer }),
      closed({ child: ref('Alike'), y: integer }),
      closed({ child: ref('Alike'), x: integer, y: integer }, ['x', 'y']),
    ],
  },
  Lists: list({ anyOf: [integer, list(ref('Lists')), list(ref('Lists'), { minItems: 1 })] }),
  Either: object({
    child: { anyOf: [ref('Either'), object({ child: ref('Either'), x: integer }), { type: 'null' }] },
  }),
  Contains: { type: 'array', contains: { anyOf: [{ const: 'x' }, ref('Contains')] } },
  Conditional: Object.fromEntries([
    ['if', object({ child: ref('Conditional') })],
    ['then', object({ child: ref('Conditional'), x: integer })],
    ['else', object({ child: ref('Conditional'), y: integer })],
  ]),
  Negated: {
    type: 'object',
    properties: { child: ref('Negated') },
    not: object({ child: ref('Negated'), x: integer }, { required: ['x'] }),
  },
  Unevaluated: object(
    { x: integer },
    {
      anyOf: [object({ child: ref('Unevaluated') }), object({ child: ref('Unevaluated'), y: integer })],
      unevaluatedProperties: false,
    },
  ),
  Dependent: object(
    { child: ref('Dependent') },
    {
      dependentSchemas: { child: object({ child: ref('Dependent') }), x: object({ child: ref('Dependent') }) },
    },
  ),
  Nested: list(ref('Nested'), { uniqueItems: true }),
  // Without recursion, but with two ways at each of sixty levels.
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, level) => [
      `Level${level}`,
      {
        anyOf: [
          closed({ child: ref(`Level${level + 1}`), x: integer }),
          closed({ child: ref(`Level${level + 1}`), y: integer }),
        ],
      },
    ]),
  ),
  Level60: integer,
};

const bodies: Readonly<Record<string, object>> = {
  ...Object.fromEntries(Object.keys(components).map((name) => [name, ref(name)])),
  ManyTagged: list(ref('Tagged')),
  ManyAlike: list(ref('Alike')),
  ManyLevels: list(ref('Level0')),
  ManyUnevaluated: list(ref('Unevaluated')),
  ManyConditional: list(ref('Conditional')),
  ManyNegated: list(ref('Negated')),
  ManyDependent: list(ref('Dependent')),
  ManyEither: list(ref('Either')),
  ManyContains: list(ref('Contains')),
  UniqueObjects: list({ type: 'object' }, { uniqueItems: true }),
  UniqueAnything: { type: 'array', uniqueItems: true },
  UniqueStrings: list({ type: 'string' }, { uniqueItems: true }),
  Integers: list(integer),
  OpenObject: { type: 'object', additionalProperties: integer, propertyNames: { type: 'string', maxLength: 3 } },
  Patterns: {
    type: 'object',
    patternProperties: { '^a': integer, z$: { type: 'string' } },
    additionalProperties: false,
  },
};

let validators: Readonly<Record<string, Validator>> = {};

beforeAll(async () => {
  const operation = (name: string, schema: object): object => ({
    operationId: name,
    security: [],
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 204: { description: 'Done.' } },
  });
  const paths = Object.entries(bodies).map(([name, schema]) => [`/${name}`, { post: operation(name, schema) }]);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Growth', version: '1.0.0' },
    paths: Object.fromEntries(paths),
    components: { schemas: components },
  };
  const { operations } = await compileContract(JSON.stringify(document), 'openapi.json');
  validators = Object.fromEntries(
    Object.entries(operations).map(([name, { requestBody }]) => {
      const validate = requestBody?.content['application/json']?.validate;
      if (validate === undefined) throw new Error(`${name} has no validator`);
      return [name, validate];
    }),
  );
});

function validatorOf(name: string): Validator {
  const validate = validators[name];
  if (validate === undefined) throw new Error(`no schema ${name}`);
  return validate;
}

function nested(depth: number, item: unknown): unknown {
  let value: unknown = item;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const members = (count: number, value: unknown): object =>
  Object.fromEntries(times(count, (index) => [`a${index}`, value]));

/** A body of a size, for the schema of the name. Sizes of deep ones count levels, which the stack bounds. */
const deep: readonly (readonly [string, string, (size: number) => unknown])[] = [
  ['Tagged', 'a chain that ends in an unknown kind', (size) => chain(size, { kind: 'a' }, { kind: 'z' })],
  ['Tagged', 'a valid chain', (size) => chain(size, { kind: 'a' }, { kind: 'b' })],
  ['Alike', 'a chain that no branch can tell', (size) => chain(size, {}, { z: 1 })],
  ['Alike', 'a chain for the second branch', (size) => chain(size, { y: 1 }, { y: 1 })],
  ['Either', 'a chain that ends in a wrong value', (size) => chain(size, {}, 7)],
  ['Conditional', 'a chain that breaks at its end', (size) => chain(size, { x: 1 }, { x: 'wrong', y: 'wrong' })],
  ['Negated', 'a chain of what must not be', (size) => chain(size, {}, { x: 1 })],
  ['Unevaluated', 'a chain with an unknown member', (size) => chain(size, { y: 1 }, { z: 1 })],
  ['Dependent', 'a chain of what depends on each other', (size) => chain(size, { x: 1 }, { child: 1 })],
  ['Contains', 'a list in a list that contains nothing', (size) => nested(size, 7)],
  ['Lists', 'a list in a list', (size) => nested(size, 'x')],
  ['Nested', 'unique lists in each other', (size) => nested(size, 7)],
];

const wide: readonly (readonly [string, string, (size: number) => unknown])[] = [
  ['ManyTagged', 'chains of unknown kinds', (size) => times(size, () => chain(12, { kind: 'a' }, { kind: 'z' }))],
  ['ManyTagged', 'valid chains', (size) => times(size, () => chain(12, { kind: 'a' }, { kind: 'b' }))],
  ['ManyAlike', 'chains that no branch can tell', (size) => times(size, () => chain(12, {}, { z: 1 }))],
  ['ManyLevels', 'chains through all levels', (size) => times(size / 10, () => chain(60, {}, 'wrong'))],
  ['ManyUnevaluated', 'unknown members', (size) => times(size, () => chain(12, { y: 1 }, { z: 1 }))],
  ['ManyConditional', 'broken conditions', (size) => times(size, () => chain(12, { x: 1 }, { x: 'w', y: 'w' }))],
  ['ManyNegated', 'what must not be', (size) => times(size, () => chain(12, {}, { x: 1 }))],
  ['ManyDependent', 'what depends on each other', (size) => times(size, () => chain(12, { x: 1 }, { child: 1 }))],
  ['ManyEither', 'wrong ends', (size) => times(size, () => chain(12, {}, 7))],
  ['ManyContains', 'lists that contain nothing', (size) => times(size, () => nested(12, 7))],
  ['Lists', 'a list of lists', (size) => times(size, () => nested(12, 'x'))],
  ['UniqueObjects', 'different objects', (size) => times(size, (index) => ({ a: index }))],
  ['UniqueObjects', 'deep objects', (size) => times(size / 4, (index) => chain(4, { a: [index] }, {}))],
  ['UniqueAnything', 'lists of texts', (size) => times(size, (index) => [String(index), {}])],
  ['UniqueStrings', 'different texts', (size) => times(size, (index) => String(index))],
  ['UniqueObjects', 'one object many times', (size) => times(size, () => ({ a: 0 }))],
  ['Integers', 'texts', (size) => times(size, () => 'x')],
  ['OpenObject', 'many members', (size) => members(size, 'x')],
  ['Patterns', 'many members', (size) => members(size, 'x')],
];

describe.each([
  { sort: 'deep', cases: deep, size: 25 },
  { sort: 'wide', cases: wide, size: 100 },
])('G14 $sort values', ({ cases, size }) => {
  test.each(cases)('%s: %s', (name, _, make) => {
    const validate = validatorOf(name);
    const short = looksAt(validate, make(size));
    const long = looksAt(validate, make(size * FACTOR));
    expect(short).toBeGreaterThan(size / 10);
    expect(long).toBeLessThan(short * MAX_GROWTH);
  });
});

test('a small body with a wrong end in a recursive union gets a small answer', () => {
  const body = chain(14, { kind: 'a' }, { kind: 'z' });
  expect(validatorOf('Tagged')(body)).toEqual([
    {
      pointer: '/child'.repeat(14),
      keyword: 'oneOf',
      params: { passingSchemas: null },
      message: 'must match exactly one schema in oneOf',
    },
  ]);
});

test('violations are told up to a thousand', () => {
  expect(validatorOf('Integers')(times(20_000, () => 'x'))).toHaveLength(1000);
});
