import fc from 'fast-check';

/** A schema of the document; the keys are keywords. */
export type Schema = Readonly<Record<string, unknown>> | boolean;

const names = ['a', 'b', 'c', 'd~/e'];
const texts = ['', 'a', 'ab', 'abc', '😀', '😀b', 'b1', '2020-02-29'];
const numbers = [-3, -0, 0, 0.5, 1, 2, 3, 4, 6, 1e15];
const name = fc.constantFrom(...names);
const someNames = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
const small = fc.integer({ min: 0, max: 3 });
const scalar = fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...numbers), fc.boolean(), fc.constant(null));

/** Schemas that schemas refer to: a tree, a union with a discriminating property, and one without. */
export const components: Readonly<Record<string, Schema>> = {
  Tree: {
    type: 'object',
    properties: { a: reference('Tree'), b: { type: 'array', items: reference('Tree') }, c: { type: 'integer' } },
    additionalProperties: false,
  },
  Tagged: { oneOf: [branch('a', 'Tagged'), branch('ab', 'Tagged'), branch('abc', 'Tagged')] },
  Alike: {
    anyOf: [
      { type: 'object', properties: { a: reference('Alike'), b: { type: 'integer' } }, additionalProperties: false },
      { type: 'object', properties: { a: reference('Alike'), c: { type: 'integer' } }, additionalProperties: false },
    ],
  },
  Name: { type: 'string', minLength: 1, maxLength: 2 },
};

function reference(component: string): Schema {
  return { $ref: `#/components/schemas/${component}` };
}

function branch(kind: string, child: string): Schema {
  const properties = { b: { type: 'string', const: kind }, a: reference(child) };
  return { type: 'object', required: ['b'], properties, additionalProperties: false };
}

/** JSON of few names and texts, so that schemas meet values that they know. */
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

type Keywords = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** A few of the keywords. */
function some(keywords: Keywords, always: Readonly<Record<string, unknown>>): fc.Arbitrary<Schema> {
  return fc
    .subarray(Object.entries(keywords), { maxLength: 3 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen)))
    .map((chosen) => withoutOverlap({ ...always, ...chosen }));
}

/** Generation refuses a pattern that a named property matches. */
function withoutOverlap(keywords: Readonly<Record<string, unknown>>): Schema {
  const { patternProperties, ...rest } = keywords;
  // The generators make these of objects only.
  const patterns = Object.entries((patternProperties ?? {}) as object);
  const named = Object.keys((rest['properties'] ?? {}) as object);
  const kept = patterns.filter(([pattern]) => !named.some((property) => new RegExp(pattern, 'u').test(property)));
  return kept.length === 0 ? rest : { ...rest, patternProperties: Object.fromEntries(kept) };
}

/** Schemas that generation accepts, with all keywords. */
export const schema: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema; shallow: Schema }>((tie) => {
  const below = tie('schema');
  const texty = some(
    {
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom('^a', 'b$', '^[^b]*$', '^.{1,2}$'),
      format: fc.constantFrom('date', 'uuid'),
      enum: fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1 }),
    },
    { type: 'string' },
  );
  const numeric = fc.constantFrom('integer', 'number').chain((type) =>
    some(
      {
        minimum: small,
        maximum: small,
        exclusiveMinimum: small,
        exclusiveMaximum: fc.integer({ min: 1, max: 6 }),
        multipleOf: fc.constantFrom(1, 2, 3),
        format: fc.constantFrom('int32', 'double'),
      },
      { type },
    ),
  );
  const list = some(
    {
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      items: below,
      contains: tie('shallow'),
    },
    { type: 'array' },
  ).map((schema) => (typeof schema === 'object' && 'contains' in schema ? { ...schema, minItems: 1 } : schema));
  const tuple = fc
    .tuple(
      below,
      below,
      fc.constantFrom('items', 'unevaluatedItems'),
      fc.oneof(fc.constant(false), below.map(withoutUnevaluated)),
    )
    .map(([one, other, rest, schema]) => ({
      type: 'array',
      prefixItems: [one, other],
      minItems: 2,
      ...(rest === 'items' && schema === false ? { items: false } : { maxItems: 2 }),
      ...(rest === 'unevaluatedItems' && { unevaluatedItems: schema }),
    }));
  const counted = fc.tuple(tie('shallow'), small, small).map(([contains, one, other]) => ({
    type: 'array',
    contains,
    minContains: Math.min(one, other),
    maxContains: Math.max(one, other),
  }));
  const members = {
    properties: fc.dictionary(name, below, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    required: someNames,
    minProperties: small,
    maxProperties: small,
    propertyNames: fc.constantFrom({ type: 'string', maxLength: 1 }, reference('Name'), {
      type: 'string',
      pattern: '^[abc]',
    }),
    patternProperties: fc.dictionary(fc.constantFrom('^a', '[bc]', 'd'), below, { minKeys: 1, noNullPrototype: true }),
    dependentRequired: fc.dictionary(name, someNames, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    dependentSchemas: fc.dictionary(name, objectPart(below), { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
  };
  const open = some({ ...members, additionalProperties: below }, { type: 'object' }).map((schema) =>
    typeof schema === 'object' && schema['additionalProperties'] === false
      ? closedSchema(schema, 'additionalProperties')
      : schema,
  );
  const closed = some(members, { type: 'object' }).map((schema) => closedSchema(schema, 'additionalProperties'));
  const { dependentSchemas: _, ...withoutDependent } = members;
  const composed = fc
    .tuple(
      some(withoutDependent, { type: 'object' }),
      fc.constantFrom('allOf', 'anyOf', 'oneOf'),
      fc.array(objectPart(below), { minLength: 1, maxLength: 3 }),
    )
    .chain(([schema, keyword, parts]) =>
      fc.oneof(fc.constant(false), below.map(withoutUnevaluated)).map((unevaluatedProperties) => ({
        ...(typeof schema === 'object' && schema),
        [keyword]: parts,
        unevaluatedProperties,
      })),
    );
  const union = fc
    .tuple(fc.constantFrom('anyOf', 'oneOf', 'allOf'), fc.array(below, { minLength: 1, maxLength: 3 }))
    .map(([keyword, branches]) => ({ [keyword]: branches }));
  const tagged = fc
    .tuple(fc.constantFrom('anyOf', 'oneOf'), fc.tuple(below, below, below), fc.boolean())
    .map(([keyword, parts, isNullable]) => ({
      [keyword]: [
        ...parts.map((part, index) => ({
          type: 'object',
          required: ['a'],
          properties: { a: { type: 'string', const: texts[index + 1] }, b: part },
        })),
        ...(isNullable ? [{ type: 'null' }] : []),
      ],
    }));
  const conditional = fc
    .tuple(below, below, below, fc.constantFrom('then', 'else', 'both'))
    .map(([condition, then, otherwise, form]) => ({
      if: condition,
      ...(form !== 'else' && { then }),
      ...(form !== 'then' && { else: otherwise }),
    }));
  const negated = below.map((not) => ({ not }));
  const values = fc.oneof(
    fc
      .uniqueArray(scalar, { minLength: 1, maxLength: 12, comparator: 'SameValueZero' })
      .map((list) => ({ enum: list })),
    jsonValue.map((constant) => ({ const: constant })),
  );
  const types = fc
    .uniqueArray(fc.constantFrom('string', 'number', 'boolean', 'null', 'array', 'object'), { minLength: 1 })
    .map((type) => ({ type }));
  const references = fc.constantFrom(...Object.keys(components)).map(reference);
  return {
    shallow: fc.oneof(texty, numeric, types, values, references, fc.boolean(), fc.constant({})),
    schema: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      tie('shallow'),
      ...[list, tuple, counted, open, closed, composed, union, tagged, conditional, negated],
    ),
  };
}).schema;

/** A schema within one for objects. */
function objectPart(below: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return some(
    {
      properties: fc.dictionary(name, below, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
      required: someNames,
      maxProperties: small,
    },
    { type: 'object' },
  );
}

/** Every required name has to be among the properties of a closed schema. */
function closedSchema(schema: Schema, keyword: string): Schema {
  if (typeof schema === 'boolean') return schema;
  const properties: Record<string, unknown> = { ...(schema['properties'] as Record<string, unknown> | undefined) };
  for (const required of (schema['required'] as readonly string[] | undefined) ?? []) properties[required] ??= {};
  return withoutOverlap({ ...schema, properties, [keyword]: false });
}

/** Values that go a long way with a schema, and often all of it. */
export function valueFor(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema !== 'object' || schema === null || depth > 4) return jsonValue;
  // The keywords are those that the generators above have made.
  const keywords = schema as Readonly<Record<string, unknown>>;
  const schemas = (keyword: string): readonly unknown[] => (keywords[keyword] ?? []) as readonly unknown[];
  const branches = [...schemas('anyOf'), ...schemas('oneOf'), ...schemas('allOf')];
  const reference =
    String(keywords['$ref'] ?? '')
      .split('/')
      .at(-1) ?? '';
  if (reference !== '') return valueFor(components[reference], depth + 1);
  if ('const' in keywords) return fc.oneof(fc.constant(keywords['const']), jsonValue);
  if ('enum' in keywords) return fc.oneof(fc.constantFrom(...schemas('enum')), jsonValue);
  if (branches.length > 0 && keywords['type'] === undefined)
    return fc.oneof(...branches.map((branch) => valueFor(branch, depth + 1)));
  const type = [keywords['type'] ?? []].flat()[0];
  if (type === 'object') return objectFor(keywords, branches, depth);
  if (type === 'array') return arrayFor(keywords, depth);
  if (type === 'string') return fc.constantFrom(...texts);
  return type === 'integer' || type === 'number' ? fc.constantFrom(...numbers) : jsonValue;
}

function objectFor(
  keywords: Readonly<Record<string, unknown>>,
  branches: readonly unknown[],
  depth: number,
): fc.Arbitrary<unknown> {
  const properties = [keywords, ...branches].flatMap((part) =>
    Object.entries(((part as Readonly<Record<string, unknown>>)['properties'] ?? {}) as object),
  );
  const members = Object.fromEntries(properties.map(([key, part]) => [key, valueFor(part, depth + 1)]));
  const rest = keywords['additionalProperties'] ?? keywords['unevaluatedProperties'] ?? true;
  const others =
    rest === false
      ? fc.constant({})
      : fc.dictionary(name, valueFor(rest, depth + 1), { maxKeys: 2, noNullPrototype: true });
  return fc
    .tuple(others, fc.record(members, { requiredKeys: [], noNullPrototype: true }))
    .map(([one, other]) => ({ ...one, ...other }));
}

function arrayFor(keywords: Readonly<Record<string, unknown>>, depth: number): fc.Arbitrary<unknown> {
  const prefix = (keywords['prefixItems'] ?? []) as readonly unknown[];
  if (prefix.length > 0) return fc.tuple(...prefix.map((part) => valueFor(part, depth + 1)));
  const item = valueFor(keywords['items'] ?? keywords['contains'], depth + 1);
  return fc.array(fc.oneof({ weight: 3, arbitrary: item }, jsonValue), { maxLength: 4 });
}

/** Below one that has such a keyword Ajv keeps for the next member what it found evaluated in the one before. */
function withoutUnevaluated(schema: Schema): Schema {
  const text = JSON.stringify(schema, (key, value) => (key.startsWith('unevaluated') ? undefined : value));
  // Nothing but members was left out.
  return JSON.parse(text) as Schema;
}
