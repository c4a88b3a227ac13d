import { compileContract } from '@contract-first/codegen';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chain, looksAt } from './looks.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Stands for the schema itself, so that a value may have any depth. */
const SELF = 'SELF';

const leaf: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  { type: 'integer' },
  { type: 'string', maxLength: 2 },
  { type: 'null' },
);

const self: Schema = { $ref: SELF };

/** Where a value goes on: itself, or one of several ways to itself. */
const below: fc.Arbitrary<Schema> = fc.oneof(
  fc.constant(self),
  leaf.map((one) => ({ anyOf: [self, one] })),
  leaf.map((one) => ({ oneOf: [one, self] })),
  fc.constantFrom<Schema>(
    { type: 'array', items: self },
    { type: 'array', items: self, uniqueItems: true },
    { type: 'array', minItems: 1, contains: self },
  ),
);

const object: fc.Arbitrary<Schema> = fc
  .record({
    child: fc.option(below),
    kind: fc.option(fc.constantFrom('a', 'b')),
    x: fc.boolean(),
    y: fc.boolean(),
    required: fc.boolean(),
    isClosed: fc.boolean(),
  })
  .map(({ child, kind, x, y, required, isClosed }) => {
    const properties = {
      ...(child !== null && { child }),
      ...(kind !== null && { kind: { type: 'string', const: kind } }),
      ...(x && { x: { type: 'integer' } }),
      ...(y && { y: { type: 'integer' } }),
    };
    const schema = { type: 'object', properties, ...(required && { required: Object.keys(properties) }) };
    return isClosed ? { ...schema, additionalProperties: false } : schema;
  });

const several = fc.array(object, { minLength: 1, maxLength: 4 });

const recursive: fc.Arbitrary<Schema> = fc.oneof(
  object,
  fc.tuple(fc.constantFrom('anyOf', 'oneOf', 'allOf'), several).map(([keyword, branches]) => ({ [keyword]: branches })),
  fc
    .tuple(fc.constantFrom('anyOf', 'oneOf', 'allOf'), several)
    .map(([keyword, branches]) => ({ type: 'object', [keyword]: branches, unevaluatedProperties: false })),
  fc
    .tuple(object, object, object)
    .map((parts) =>
      Object.fromEntries([['type', 'object'], ...['if', 'then', 'else'].map((name, at) => [name, parts[at]])]),
    ),
  fc.tuple(object, object).map(([one, other]) => ({ ...one, not: other })),
  fc.tuple(object, object).map(([one, other]) => ({ ...one, dependentSchemas: { child: other, x: one } })),
);

/** What stands beside the child at each level, and what the chain ends in. */
const shape = fc.record({
  member: fc
    .subarray(['kind', 'x', 'y', 'z'])
    .chain((names) =>
      fc
        .constantFrom('a', 'b')
        .map((kind) => Object.fromEntries(names.map((name) => [name, name === 'kind' ? kind : 1]))),
    ),
  isList: fc.boolean(),
  end: fc.constantFrom<unknown>({}, { kind: 'a' }, { kind: 'z' }, { z: 1 }, { x: 'wrong' }, 7, null, 'wrong'),
});

/** A chain, or one in which each child stands in a list. */
function bodyOf(depth: number, { member, isList, end }: { member: object; isList: boolean; end: unknown }): unknown {
  if (!isList) return chain(depth, member, end);
  let value = end;
  for (let level = 0; level < depth; level += 1) value = { ...member, child: [value, level] };
  return value;
}

const SHORT = 16;
const FACTOR = 8;

/**
 * A verdict may depend on whether the depth is even, and violations are gathered of what is refused alone: linear work
 * may be some times as much. Quadratic work would be sixty-four times as much.
 */
const MAX_GROWTH = 3 * FACTOR;

test('G14 the work for a value grows with its size, whatever the schema is that refers to itself', async () => {
  const schemas = fc.sample(recursive, 80);
  const named = schemas.map((schema, index) => {
    const text = JSON.stringify(schema).replaceAll(`"${SELF}"`, `"#/components/schemas/R${index}"`);
    return [`R${index}`, JSON.parse(text)] as const;
  });
  const paths = named.map(([name]) => [
    `/${name}`,
    {
      post: {
        operationId: name,
        security: [],
        requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
        responses: { 204: { description: 'Done.' } },
      },
    },
  ]);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Growth', version: '1.0.0' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(named) },
  };
  const { operations } = await compileContract(JSON.stringify(document), 'openapi.json');
  let deep = 0;
  for (const [name, schema] of named) {
    const validate = operations[name]?.requestBody?.content['application/json']?.validate;
    if (validate === undefined) throw new Error(`${name} has no validator`);
    for (const given of fc.sample(shape, 12)) {
      const short = looksAt(validate, bodyOf(SHORT, given));
      const long = looksAt(validate, bodyOf(SHORT * FACTOR, given));
      if (short > SHORT) deep += 1;
      expect(long, JSON.stringify({ schema, given })).toBeLessThan(MAX_GROWTH * short + 50);
    }
  }
  // Many go into the value, to its end.
  expect(deep).toBeGreaterThan(100);
});
