import { compileContract } from '@contract-first/codegen';
import type { Validator } from '@contract-first/core';
import { expect, test } from 'vitest';
import { changed } from '../fixture.ts';

/** The validator of a schema, which may be written as YAML on one line. */
async function validatorOf(schema: string, components = ''): Promise<Validator> {
  const { operations } = await compileContract(changed('name: { type: string }', `name: ${schema}`) + components);
  const validate = operations['SetThing']?.requestBody?.content['application/json']?.validate;
  if (validate === undefined) throw new Error('the fixture has no body');
  return (name) => validate({ name });
}

const shortOf = (validate: Validator, value: unknown): readonly string[] =>
  validate(value).map(({ pointer, keyword }) => `${pointer.replace('/name', '')} ${keyword}`);

test.each([
  [0.01, [19.99, 0, -0, 1e21, 0.07, -4.35, 1e-2], [19.995, 0.001, 1e-7, Number.POSITIVE_INFINITY]],
  [1e-7, [1e-7, 3e-7, 0.1, 12345.6789], [1e-8, 1.5e-7]],
  [3, [9, -3, 0, 3e20], [1e21, 4, 0.5, 1e-300]],
  [2.5, [5, 7.5, 1e308], [2.4, 6]],
])('a multiple of %d is one by its decimal text', async (divisor, right, wrong) => {
  const validate = await validatorOf(`{ type: number, multipleOf: ${divisor} }`);
  for (const value of right) expect(validate(value), String(value)).toEqual([]);
  for (const value of wrong) expect(validate(value), String(value)).not.toEqual([]);
});

test('equal items are found in whatever order their members are, and whatever the members are called', async () => {
  const validate = await validatorOf('{ type: array, uniqueItems: true }');
  expect(validate([{}, { toString: '' }, { constructor: 1 }, [], [[]], '', 0, null, false, '0', 'null'])).toEqual([]);
  expect(validate([1, '1', [1], ['1'], { a: 1 }, { a: '1' }, '[1]', '{"a":1}', '#0'])).toEqual([]);
  expect(validate([{ a: [1, { b: 2, c: 3 }], d: 4 }, 5, { d: 4, a: [1, { c: 3, b: 2 }] }])).toEqual([
    {
      pointer: '/name',
      keyword: 'uniqueItems',
      params: { i: 2, j: 0 },
      message: 'must NOT have duplicate items (items ## 0 and 2 are identical)',
    },
  ]);
  expect(shortOf(validate, [0, -0])).toEqual([' uniqueItems']);
  expect(shortOf(validate, [[0], [-0]])).toEqual([' uniqueItems']);
});

test('enum and const compare objects by their members, whatever these are called', async () => {
  const validate = await validatorOf('{ enum: [{ toString: a }, [1, { a: null }], 7] }');
  for (const value of [{ toString: 'a' }, [1, { a: null }], 7]) expect(validate(value)).toEqual([]);
  for (const value of [{}, { toString: '' }, [1, {}], [1], { toString: 'a', b: 1 }, '7', null]) {
    expect(shortOf(validate, value)).toEqual([' enum']);
  }
  const constant = await validatorOf('{ const: { valueOf: 1 } }');
  expect(constant({ valueOf: 1 })).toEqual([]);
  expect(shortOf(constant, { valueOf: 2 })).toEqual([' const']);
});

test('a long enum is one, too', async () => {
  const validate = await validatorOf("{ enum: [a, b, c, d, e, f, g, h, i, 1, true, null, [], 'constructor'] }");
  for (const value of ['a', 'i', 1, true, null, [], 'constructor']) expect(validate(value)).toEqual([]);
  for (const value of ['j', '1', 2, false, {}, 'toString']) expect(shortOf(validate, value)).toEqual([' enum']);
});

const kinds = `    Cat: { type: object, required: [kind], properties: { kind: { type: string, const: cat }, lives: { type: integer } } }
    Dog: { type: object, required: [kind, name], properties: { kind: { type: string, enum: [dog, hound] }, name: { type: string } } }
`;
const catOrDog = "[{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { type: 'null' }]";

test('a discriminating property chooses the branch whose violations are told', async () => {
  const validate = await validatorOf(`{ oneOf: ${catOrDog} }`, kinds);
  for (const value of [{ kind: 'cat' }, { kind: 'hound', name: 'Rex', lives: 'x' }, null]) {
    expect(validate(value)).toEqual([]);
  }
  expect(shortOf(validate, { kind: 'cat', lives: 'nine' })).toEqual(['/lives type']);
  expect(shortOf(validate, { kind: 'dog' })).toEqual([' required']);
});

test('a value that chooses no branch is told so, once', async () => {
  const one = await validatorOf(`{ oneOf: ${catOrDog} }`, kinds);
  const any = await validatorOf(`{ anyOf: ${catOrDog} }`, kinds);
  for (const value of [{ kind: 'cow' }, {}, { kind: 1 }, 'cat', [], 1, true]) {
    expect(shortOf(one, value)).toEqual([' oneOf']);
    expect(shortOf(any, value)).toEqual([' anyOf']);
  }
});

test('a value that may be of several branches is told about all of them', async () => {
  const validate = await validatorOf(
    '{ type: object, oneOf: [{ required: [a] }, { required: [b] }, { required: [c], maxProperties: 2 }] }',
  );
  expect(validate({ a: 1 })).toEqual([]);
  expect(shortOf(validate, {})).toEqual([' required', ' required', ' required', ' oneOf']);
  expect(validate({ b: 1, c: 1 })).toMatchObject([{ keyword: 'oneOf', params: { passingSchemas: [1, 2] } }]);
});

test('unevaluated members are those that no schema which takes the value has looked at', async () => {
  const validate = await validatorOf(
    `{ type: object, properties: { a: {} }, patternProperties: { ^x: {} }, unevaluatedProperties: false,
            anyOf: [{ required: [b], properties: { b: { type: integer } } }, { required: [c], properties: { c: {} } }],
            dependentSchemas: { d: { properties: { d: {}, e: {} } } } }`,
  );
  for (const value of [
    { a: 1, b: 1, x1: 1 },
    { c: 1, d: 1, e: 1 },
    { b: 1, c: 1 },
  ])
    expect(validate(value)).toEqual([]);
  expect(validate({ c: 1, b: 'no integer', e: 1 }).map(({ params }) => params)).toEqual([
    { unevaluatedProperty: 'b' },
    { unevaluatedProperty: 'e' },
  ]);
});

test('an item that contains accepts is evaluated', async () => {
  const validate = await validatorOf(
    '{ type: array, contains: { type: string }, minContains: 0, maxContains: 2, unevaluatedItems: { type: integer } }',
  );
  expect(validate(['a', 1, 'b', 2])).toEqual([]);
  expect(shortOf(validate, ['a', true])).toEqual(['/1 type']);
  expect(shortOf(validate, ['a', 'b', 'c'])).toEqual([' contains']);
});

test('own members are those of JSON: neither inherited nor undefined', async () => {
  const validate = await validatorOf(
    '{ type: object, additionalProperties: false, required: [a], properties: { a: {}, constructor: { type: string } } }',
  );
  expect(validate({ a: 1, b: undefined, constructor: undefined })).toEqual([]);
  expect(validate(Object.assign(Object.create({ b: 1 }), { a: 1 }))).toEqual([]);
  expect(shortOf(validate, { a: undefined })).toEqual([' required']);
  expect(shortOf(validate, Object.create({ a: 1 }))).toEqual([' required']);
  expect(validate(JSON.parse('{ "a": 1, "__proto__": 2 }'))).toMatchObject([
    { keyword: 'additionalProperties', params: { additionalProperty: '__proto__' } },
  ]);
});

test('members may be called anything', async () => {
  const names = [
    'a b',
    'q"uote',
    "apo'strophe",
    'back\\slash',
    '`tick`',
    '$' + '{x}',
    'li\nne',
    '😀',
    'sla/sh~',
    '1',
    '\u2028',
  ];
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
  const patternProperties = { '^/`\\n$': { type: 'integer' } };
  const schema = { type: 'object', required: names, properties, patternProperties, additionalProperties: false };
  const validate = await validatorOf(JSON.stringify(schema));
  expect(validate(Object.fromEntries(names.map((name) => [name, 1])))).toEqual([]);
  const escaped = names.map((name) => `/${name.replace('~', '~0').replace('/', '~1')} type`);
  const wrong = Object.fromEntries(names.map((name) => [name, 'x']));
  expect(shortOf(validate, wrong).toSorted()).toEqual(escaped.toSorted());
  expect(validate({}).map(({ params }) => params['missingProperty'])).toEqual(
    Object.keys(properties).sort(byPlaceIn(names)),
  );
});

function byPlaceIn(names: readonly string[]): (one: string, other: string) => number {
  return (one, other) => names.indexOf(one) - names.indexOf(other);
}

test('boolean schemas take everything or nothing', async () => {
  const validate = await validatorOf('{ type: object, properties: { never: false, always: true } }');
  expect(validate({ always: [] })).toEqual([]);
  expect(validate({ never: null })).toEqual([
    { pointer: '/name/never', keyword: 'false schema', params: {}, message: 'boolean schema is false' },
  ]);
});

test.each([
  [
    'propertyNames',
    '{ type: object, propertyNames: { type: string, maxLength: 1 } }',
    { ab: 1 },
    [' maxLength', ' propertyNames'],
  ],
  ['dependentRequired', '{ type: object, dependentRequired: { a: [b, c] } }', { a: 1, b: 1 }, [' dependentRequired']],
  ['minProperties', '{ type: object, minProperties: 1, maxProperties: 1 }', {}, [' minProperties']],
  ['maxProperties', '{ type: object, maxProperties: 1 }', { a: 1, b: 1 }, [' maxProperties']],
  ['not', '{ not: { type: string } }', 'a', [' not']],
  ['items', '{ type: array, prefixItems: [{}], minItems: 1, items: false }', [1, 2], [' items']],
  ['contains', '{ type: array, contains: { const: 1 }, minContains: 2 }', [1, 2], [' contains']],
  ['exclusiveMinimum', '{ type: integer, exclusiveMinimum: 1, exclusiveMaximum: 2 }', 1.5, [' type']],
])('%s is told by its own name', async (_, schema, value, expected) => {
  expect(shortOf(await validatorOf(schema), value)).toEqual(expected);
});

test('unevaluated items are those beyond what is described, wherever that is', async () => {
  const alone = await validatorOf(
    '{ type: array, minItems: 1, prefixItems: [{ type: string }], unevaluatedItems: false }',
  );
  expect(alone(['a'])).toEqual([]);
  expect(shortOf(alone, ['a', 1])).toEqual([' unevaluatedItems']);
  const others = await validatorOf(
    '{ type: array, minItems: 1, prefixItems: [{ type: string }], unevaluatedItems: { type: integer } }',
  );
  expect(others(['a', 1, 2])).toEqual([]);
  expect(shortOf(others, ['a', 'b'])).toEqual(['/1 type']);
});
