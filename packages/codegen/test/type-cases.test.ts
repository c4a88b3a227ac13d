import { compileContract } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { documentOf, linesWithErrors } from './fixture-compiler.ts';

/** A schema, values that its validator and its type take, and values that both refuse. */
interface Case {
  readonly schema: unknown;
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
}

const ab = { a: { type: 'string' }, b: { type: 'integer' } };
const member = (schema: unknown, ...rest: unknown[]) => ({ schema, takes: rest[0], refuses: rest[1] }) as Case;

const cases: Readonly<Record<string, Case>> = {
  RequiredWithoutProperty: member({ type: 'object', required: ['x'] }, [{ x: 1 }, { x: null }], [{}]),
  RequiredOfAdditional: member(
    { type: 'object', required: ['x'], additionalProperties: { type: 'integer' } },
    [{ x: 1 }, { x: 1, y: 2 }],
    [{}, { x: 'a' }, { x: 1, y: 'a' }],
  ),
  RequiredOfPattern: member(
    {
      type: 'object',
      required: ['x1'],
      patternProperties: { '^x': { type: 'integer' } },
      additionalProperties: { type: 'string' },
    },
    [{ x1: 1 }, { x1: 1, y: 'a' }],
    [{}, { x1: 'a' }, { x1: 1, y: true }],
  ),
  RequiredBesideAllOf: member(
    { type: 'object', required: ['a'], allOf: [{ type: 'object', properties: ab }] },
    [{ a: 'x' }, { a: 'x', b: 1 }],
    [{}, { b: 1 }, { a: 1 }],
  ),
  RequiredOfAnotherBranch: member(
    {
      allOf: [
        { type: 'object', properties: ab },
        { type: 'object', required: ['b'] },
      ],
    },
    [{ b: 1 }],
    [{}, { a: 'x' }, { b: 'x' }],
  ),
  RequiredOfReference: member(
    { allOf: [{ $ref: '#/components/schemas/RequiredBesideAllOf' }, { type: 'object', required: ['b'] }] },
    [{ a: 'x', b: 1 }],
    [{ a: 'x' }, { b: 1 }],
  ),
  OneOfRequired: member(
    { type: 'object', properties: ab, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    [{ a: 'x' }, { b: 1 }, { a: 'x', b: 1 }],
    [{}, { a: 1 }],
  ),
  NullableAnyOfRequired: member(
    { type: ['object', 'null'], properties: ab, anyOf: [{ required: ['a'] }] },
    [{ a: 'x' }, null],
    [{}, 'x'],
  ),
  PropertiesAndAdditional: member(
    {
      type: 'object',
      required: ['a'],
      properties: ab,
      additionalProperties: { type: 'boolean' },
    },
    [{ a: 'x' }, { a: 'x', b: 1, c: true }],
    [{}, { a: true }, { a: 'x', c: null }],
  ),
  PropertiesAndAnything: member(
    { type: 'object', properties: ab, additionalProperties: true },
    [{ z: 1 }, { a: 'x', z: null }],
    [{ a: 1 }],
  ),
  ClosedEmpty: member({ type: 'object', additionalProperties: false }, [{}], [{ a: 1 }, 'a', [1], 1]),
  Closed: member(
    { type: 'object', properties: ab, additionalProperties: false },
    [{}, { a: 'x' }],
    [{ c: 1 }, { a: null }],
  ),
  AnyObject: member({ type: 'object' }, [{}, { a: 1 }], ['a', null, 1]),
  Map: member(
    { type: 'object', additionalProperties: { $ref: '#/components/schemas/Map' } },
    [{}, { a: { b: {} } }],
    [{ a: 1 }],
  ),
  Lists: member({ type: 'array', items: { $ref: '#/components/schemas/Lists' } }, [[], [[], [[]]]], [[1], {}]),
  Json: member(
    {
      anyOf: [
        { type: ['string', 'null'] },
        { type: 'array', items: { $ref: '#/components/schemas/Json' } },
        { type: 'object', additionalProperties: { $ref: '#/components/schemas/Json' } },
      ],
    },
    ['a', null, ['a', { b: ['c'] }]],
    [1, [true], { a: 1 }],
  ),
  OpenTuple: member(
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 1 },
    [['a'], ['a', 1], ['a', 1, true]],
    [[], [1], ['a', 'b']],
  ),
  TypedTuple: member(
    { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'integer' } },
    [[], ['a'], ['a', 1, 2]],
    [[1], ['a', 'b']],
  ),
  ClosedTuple: member(
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2, items: false },
    [['a', 1]],
    [[], ['a'], ['a', 1, 2]],
  ),
  ShortTuple: member(
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2, maxItems: 2 },
    [['a', 1]],
    [['a'], ['a', 1, 2]],
  ),
  Constant: member({ const: 'a' }, ['a'], ['b', null]),
  ConstantNull: member({ const: null }, [null], [0, 'a']),
  ConstantObject: member({ const: { a: [1, -2], b: {} } }, [{ a: [1, -2], b: {} }], [{ a: [1, 2], b: {} }, {}]),
  Mixed: member({ enum: ['a', -1, -2, true, null] }, ['a', -1, -2, true, null], ['b', 2, false]),
  EnumAndType: member({ type: ['string', 'null'], enum: ['a', null] }, ['a', null], ['b', 1]),
  Nullable: member({ type: ['integer', 'null'] }, [1, null], ['a']),
  NullableObject: member({ type: ['object', 'null'], properties: ab, required: ['a'] }, [null, { a: 'x' }], [{}, 1]),
  Union: member(
    {
      oneOf: [
        { type: 'object', required: ['k'], properties: { k: { const: 1 }, a: { type: 'string' } } },
        { type: 'object', required: ['k'], properties: { k: { const: 2 }, b: { type: 'integer' } } },
      ],
    },
    [
      { k: 1, a: 'x' },
      { k: 2, b: 1 },
    ],
    [{ k: 3 }, { k: 2, b: 'x' }, {}],
  ),
  ListOfUnion: member(
    { type: 'array', items: { type: ['string', 'integer', 'number'] } },
    [[], ['a', 1, 1.5]],
    [[null], 'a'],
  ),
  Anything: member(true, [1, null, { a: 1 }], []),
  AnythingMember: member(
    { type: 'object', required: ['a'], properties: { a: true, b: false } },
    [{ a: null }],
    [{}, { a: 1, b: 1 }],
  ),
  'Odd.names-1': member(
    { type: 'object', required: ['a-b', '1', 'class'], properties: { 'a-b': { type: 'string' } } },
    [{ 'a-b': 'x', 1: 1, class: 1 }],
    [
      { 'a-b': 'x', 1: 1 },
      { 'a-b': 1, 1: 1, class: 1 },
    ],
  ),
};

const schemas = Object.fromEntries(Object.entries(cases).map(([name, { schema }]) => [name, schema]));

test('G2 validators take and refuse what the cases say', async () => {
  const { operations } = await compileContract(documentOf(schemas), 'openapi.json');
  const validate = operations['SetValues']?.requestBody?.content['application/json']?.validate;
  for (const [name, { takes, refuses }] of Object.entries(cases)) {
    for (const value of takes) expect([name, value, validate?.({ [name]: value })]).toEqual([name, value, []]);
    for (const value of refuses) expect([name, value, validate?.({ [name]: value })]).not.toEqual([name, value, []]);
  }
});

test('G2 types take and refuse the same values', async () => {
  const lines = Object.entries(cases).flatMap(([name, { takes, refuses }]) =>
    [...takes.map((value) => ({ value, takes: true })), ...refuses.map((value) => ({ value, takes: false }))].map(
      ({ value, takes: isTaken }) => ({ isTaken, text: literal(name, value) }),
    ),
  );
  const probe = `import type { components } from './types.gen.ts';\n${lines.map(({ text }) => text).join('\n')}\n`;
  const found = await linesWithErrors(documentOf(schemas), { 'probe.ts': probe });
  const wrong = found['probe.ts'] ?? [];
  expect(Object.keys(found)).toEqual(['probe.ts']);
  const disagreed = lines.filter(({ isTaken }, index) => isTaken === wrong.includes(index + 2));
  expect(disagreed).toEqual([]);
});

function literal(name: string, value: unknown): string {
  return `((_: components['schemas'][${JSON.stringify(name)}]) => _)(${JSON.stringify(value)});`;
}
