import { compileContract } from '@contract-first/codegen';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf, linesWithErrors } from './fixture-compiler.ts';

/** A schema with a value that it takes, and values that it refuses for a reason that a type can say. */
interface Sample {
  readonly schema: unknown;
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
}

/** What some of them take and the type of another cannot refuse, such as 1.5 for an integer, is no value of any. */
const scalar: fc.Arbitrary<Sample> = fc.constantFrom<Sample>(
  { schema: { type: 'string' }, takes: ['x'], refuses: [1, null, {}] },
  { schema: { type: 'integer', minimum: -1 }, takes: [7], refuses: ['7', null] },
  { schema: { type: 'number' }, takes: [2], refuses: [true, []] },
  { schema: { type: 'boolean' }, takes: [false], refuses: [0, 'false'] },
  { schema: { type: ['string', 'null'] }, takes: ['x', null], refuses: [1] },
  { schema: { type: ['integer', 'boolean'] }, takes: [1, true], refuses: ['1', null] },
  { schema: { const: 'k' }, takes: ['k'], refuses: ['l', null] },
  { schema: { enum: ['a', -1, null] }, takes: ['a', -1, null], refuses: ['b', 1, true] },
  { schema: { type: 'string', enum: ['a', 'b'] }, takes: ['b'], refuses: ['c', null] },
);

// Not `constructor`: TypeScript takes the one that every object inherits for a member of `{}`.
const name = fc.constantFrom('a', 'b-c', 'default', '1', 'class', 'z');

/** Closed only where they stand alone: beside another schema a closed one refuses what the type of both has. */
const objectOf = (member: fc.Arbitrary<Sample>, additional: readonly (boolean | undefined)[]): fc.Arbitrary<Sample> =>
  fc
    .tuple(
      fc.uniqueArray(fc.tuple(name, member, fc.boolean()), { minLength: 1, maxLength: 3, selector: ([key]) => key }),
      fc.constantFrom(...additional),
      fc.boolean(),
    )
    .map(object);
const open = objectOf(scalar, [undefined, true]);

const { sample } = fc.letrec<{ sample: Sample; object: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 2 },
    scalar,
    tie('object'),
    tie('sample').map(list),
    fc.tuple(tie('sample'), tie('sample'), fc.nat(2), fc.boolean()).map(tuple),
    fc.tuple(open, open).map(both),
    fc.tuple(scalar, tie('object')).map(either),
    tie('object').map(nullable),
    fc.tuple(name, tie('sample')).map(map),
  ),
  object: objectOf(tie('sample'), [undefined, true, false]),
}));

function object([members, additional, unnamed]: [[string, Sample, boolean][], boolean | undefined, boolean]): Sample {
  const named = additional === false ? members : members.filter((_, index) => !unnamed || index > 0);
  const required = members.filter(([key, , isRequired]) => isRequired || !named.some(([other]) => other === key));
  const whole = Object.fromEntries(members.map(([key, { takes }]) => [key, takes[0]]));
  const least = Object.fromEntries(required.map(([key, { takes }]) => [key, takes[0]]));
  const others = named.flatMap(([key, { takes }]) => takes.map((value) => ({ ...whole, [key]: value })));
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(named.map(([key, { schema }]) => [key, schema])),
      required: required.map(([key]) => key),
      ...(additional !== undefined && { additionalProperties: additional }),
    },
    takes: [least, ...others, ...(additional === true ? [{ ...whole, other: [1] }] : [])],
    refuses: [
      'text',
      null,
      ...required.map(([key]) => without(whole, key)),
      ...named.flatMap(([key, { refuses }]) => refuses.map((value) => ({ ...whole, [key]: value }))),
      ...(additional === false ? [{ ...whole, other: 1 }] : []),
    ],
  };
}

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
}

function list({ schema, takes, refuses }: Sample): Sample {
  return {
    schema: { type: 'array', items: schema },
    takes: [[], [...takes]],
    refuses: [{}, ...refuses.map((value) => [value])],
  };
}

function tuple([first, second, minItems, isClosed]: [Sample, Sample, number, boolean]): Sample {
  const whole = [first.takes[0], second.takes[0]];
  return {
    schema: { type: 'array', prefixItems: [first.schema, second.schema], minItems, ...(isClosed && { items: false }) },
    takes: [whole, whole.slice(0, minItems), ...(isClosed ? [] : [[...whole, 1]])],
    refuses: [
      ...(minItems > 0 ? [whole.slice(0, minItems - 1)] : []),
      ...first.refuses.map((value) => [value, whole[1]]),
      ...second.refuses.map((value) => [whole[0], value]),
      ...(isClosed ? [[...whole, 1]] : []),
    ],
  };
}

/** What both branches take is not known beforehand: the validator says it. */
function both([first, second]: [Sample, Sample]): Sample {
  const merged = first.takes.flatMap((a) => second.takes.map((b) => ({ ...(a as object), ...(b as object) })));
  return { schema: { allOf: [first.schema, second.schema] }, takes: merged, refuses: ['text', null] };
}

function either([first, second]: [Sample, Sample]): Sample {
  const refuses = [[], ...second.refuses.filter((value) => typeof value === 'object' && value !== null)];
  return {
    schema: { anyOf: [first.schema, second.schema] },
    takes: [...first.takes, ...second.takes],
    refuses,
  };
}

function nullable({ schema, takes, refuses }: Sample): Sample {
  return {
    schema: { ...(schema as object), type: ['object', 'null'] },
    takes: [...takes, null],
    refuses: refuses.filter((value) => value !== null),
  };
}

function map([key, { schema, takes, refuses }]: [string, Sample]): Sample {
  return {
    schema: { type: 'object', additionalProperties: schema },
    takes: [{}, ...takes.map((value) => ({ [key]: value }))],
    refuses: ['text', ...refuses.map((value) => ({ [key]: value }))],
  };
}

test('G2 a generated type and its validator take the same values', async () => {
  const samples = fc.sample(sample, 45);
  const schemas = Object.fromEntries(samples.map(({ schema }, index) => [`S${index}`, schema]));
  const text = documentOf(schemas);
  const { operations } = await compileContract(text, 'openapi.json');
  const validate = operations['SetValues']?.requestBody?.content['application/json']?.validate;
  const values = samples.flatMap(({ takes, refuses }, index) =>
    [...takes, ...refuses].map((value) => ({ name: `S${index}`, value })),
  );
  const judged = values.map(({ name: key, value }) => ({
    key,
    value,
    isTaken: validate?.({ [key]: value }).length === 0,
  }));
  // Both kinds are there, and the samples are what they say wherever it is known beforehand.
  expect(judged.filter(({ isTaken }) => isTaken).length).toBeGreaterThan(100);
  expect(judged.filter(({ isTaken }) => !isTaken).length).toBeGreaterThan(100);
  const lines = judged.map(
    ({ key, value }) => `((_: components['schemas']['${key}']) => _)(${JSON.stringify(value)});`,
  );
  const found = await linesWithErrors(text, {
    'probe.ts': `import type { components } from './types.gen.ts';\n${lines.join('\n')}\n`,
  });
  const wrong = new Set(found['probe.ts']);
  const disagreed = judged.filter(({ isTaken }, index) => isTaken === wrong.has(index + 2));
  expect(disagreed.map(({ key, value, isTaken }) => ({ schema: schemas[key], value, isTaken }))).toEqual([]);
  expect(Object.keys(found)).toEqual(['probe.ts']);
});
