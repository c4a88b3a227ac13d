import { compileContract } from '@contract-first/codegen';
import type { Validator } from '@contract-first/core';
import { expect, test } from 'vitest';
import { changed } from './fixture.ts';
import { petStore } from './pet-store.ts';

/** The validator of the fixture's property `name`, within a body. */
async function bodyValidator(schema: string, moreSchemas = ''): Promise<Validator> {
  const { operations } = await compileContract(changed('name: { type: string }', `name: ${schema}`) + moreSchemas);
  const validate = operations['SetThing']?.requestBody?.content['application/json']?.validate;
  if (validate === undefined) throw new Error('the fixture has no body');
  return validate;
}

test('J15 every violation is reported, with a pointer that is escaped', async () => {
  const validate = await bodyValidator('{ type: object, required: [a], additionalProperties: { type: integer } }');
  expect(validate({ name: { 'b/~c': 'x', d: 1.5 } })).toEqual([
    {
      pointer: '/name',
      keyword: 'required',
      params: { missingProperty: 'a' },
      message: "must have required property 'a'",
    },
    { pointer: '/name/b~1~0c', keyword: 'type', params: { type: 'integer' }, message: 'must be integer' },
    { pointer: '/name/d', keyword: 'type', params: { type: 'integer' }, message: 'must be integer' },
  ]);
  expect(validate({ name: { a: 1 } })).toEqual([]);
});

test('J21 nothing is coerced, removed or filled in', async () => {
  const validate = await bodyValidator("{ type: [integer, 'null'] }");
  const value = Object.freeze({ name: null, extra: true });
  expect(validate(value)).toEqual([]);
  expect(value).toEqual({ name: null, extra: true });
  expect(validate({ name: '1' })).toHaveLength(1);
  expect(validate({ name: '' })).toHaveLength(1);
});

test('lengths are counted in code points', async () => {
  const validate = await bodyValidator('{ type: string, maxLength: 2 }');
  expect(validate({ name: '😀😀' })).toEqual([]);
  expect(validate({ name: '😀😀😀' })).toHaveLength(1);
});

test('A25 a violation never holds the value', async () => {
  const rules = '{ type: string, enum: [a], const: a, pattern: ^a$, format: email, maxLength: 1, minLength: 50 }';
  const validate = await bodyValidator(rules);
  const violations = validate({ name: 'secret' });
  expect(violations.map(({ keyword }) => keyword).sort()).toEqual([
    'const',
    'enum',
    'format',
    'maxLength',
    'minLength',
    'pattern',
  ]);
  expect(JSON.stringify(violations)).not.toContain('secret');
});

test('H15 members are own members: an inherited one is neither there nor in the way', async () => {
  const validate = await bodyValidator(
    '{ type: object, required: [toString], properties: { constructor: { type: string } } }',
  );
  expect(validate({ name: {} })).toMatchObject([{ keyword: 'required' }]);
  expect(validate({ name: { toString: 1 } })).toEqual([]);
});

test.each([
  ['uuid', '"c0daf39b-4df5-4241-9e7d-b1b85f829090"', '"urn:uuid:c0daf39b-4df5-4241-9e7d-b1b85f829090"', 'string'],
  ['time-zone', '"Europe/Kyiv"', '"europe/kyiv"', 'string'],
  ['int32', '2147483647', '2147483648', 'integer'],
  ['float', '1e38', '1e39', 'number'],
])('the format %s is compiled in', async (format, right, wrong, type) => {
  const validate = await bodyValidator(`{ type: ${type}, format: ${format} }`);
  expect(validate({ name: JSON.parse(right) })).toEqual([]);
  expect(validate({ name: JSON.parse(wrong) })).toMatchObject([{ pointer: '/name', keyword: 'format' }]);
});

test('recursive schemas are validated at every depth', async () => {
  const { operations } = await compileContract(petStore);
  const validate = operations['createPet']?.requestBody?.content['application/json']?.validate;
  const pet = { name: 'A', owner: { pets: [{ name: 'B', children: [{ name: 'C' }] }] } };
  expect(validate?.(pet)).toEqual([]);
  const wrong = {
    name: 'A',
    owner: { pets: [{ name: 'B', children: [{ name: 'too long', tags: ['a', 'a'], x: 1 }] }] },
  };
  expect(validate?.(wrong).map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
    ['/owner/pets/0/children/0/name', 'maxLength'],
    ['/owner/pets/0/children/0/tags', 'uniqueItems'],
    ['/owner/pets/0/children/0', 'unevaluatedProperties'],
  ]);
});

test("two recursive schemas that refer to each other do not get into each other's way", async () => {
  const validate = await bodyValidator(
    "{ $ref: '#/components/schemas/A' }",
    `    A:
      type: object
      additionalProperties: false
      properties: { b: { $ref: '#/components/schemas/B' }, a: { $ref: '#/components/schemas/A' } }
    B:
      type: object
      additionalProperties: false
      properties: { a: { $ref: '#/components/schemas/A' }, c: { anyOf: [{ type: string }, { $ref: '#/components/schemas/B' }] } }
`,
  );
  expect(validate({ name: { a: { b: { a: { b: { c: { c: 'x' } } } } } } })).toEqual([]);
  expect(validate({ name: { a: { b: { b: {} } } } })).toMatchObject([{ pointer: '/name/a/b' }]);
});

test('schemas in allOf, anyOf and if take the type of the schema around them', async () => {
  const validate = await bodyValidator(
    '{ type: object, anyOf: [{ required: [a] }, { required: [b] }], if: { required: [a] }, then: { maxProperties: 1 } }',
  );
  expect(validate({ name: { a: 1 } })).toEqual([]);
  expect(validate({ name: { a: 1, b: 1 } }).map(({ keyword }) => keyword)).toEqual(['maxProperties', 'if']);
  expect(validate({ name: {} }).map(({ keyword }) => keyword)).toEqual(['required', 'required', 'anyOf']);
});
