import { compileContract } from '@contract-first/codegen';
import { formats, numberFormats, type Validator, type Violation } from '@contract-first/core';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components, jsonValue, type Schema, schema, valueFor } from './random-schema.ts';

/**
 * The compiler's validators against Ajv's, which are independent. Not compared, because Ajv differs:
 * - multipleOf of decimals, for which Ajv takes the remainder of the binary numbers;
 * - objects with members such as `toString` or `constructor` in uniqueItems, enum and const: Ajv's equality calls them;
 * - unevaluatedItems beside contains, with which Ajv takes every item as evaluated (JSON Schema Core §11.2);
 * - contains within contains, whose counts Ajv's code mixes up, and of an empty list, for which it takes the result of
 *   the list before;
 * - unevaluated… within unevaluated…, where Ajv keeps what it found evaluated in the member before;
 * - dependentSchemas beside unevaluatedProperties, with which Ajv forgets what allOf has evaluated;
 * - uniqueItems of items that have the wrong type, which Ajv does not report;
 * - what is reported within a union or below contains: here only what the value itself chose, or the union alone;
 * - what is reported by a schema with unevaluated…: Ajv takes nothing as evaluated that a `$ref` refuses;
 * - values for which Ajv's code throws, which are counted.
 */
const schemas = fc.sample(schema, 300);
const values = schemas.map((one) => [...fc.sample(valueFor(one), 100), ...fc.sample(jsonValue, 20)]);

const validators = await compileAll();
const ajv = createAjv();

async function compileAll(): Promise<readonly Validator[]> {
  const response = { 204: { description: 'Done.' } };
  const paths = schemas.map((schema, index) => [
    `/things/${index}`,
    {
      post: {
        operationId: `operation${index}`,
        security: [],
        requestBody: { content: { 'application/json': { schema } } },
        responses: response,
      },
    },
  ]);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    paths: Object.fromEntries(paths),
    components: { schemas: components },
  };
  const { operations } = await compileContract(JSON.stringify(document), 'openapi.json');
  return schemas.map((_, index) => {
    const validate = operations[`operation${index}`]?.requestBody?.content['application/json']?.validate;
    if (validate === undefined) throw new Error(`schema ${index} has no validator`);
    return validate;
  });
}

function createAjv(): (schema: Schema) => ValidateFunction {
  const instance = new Ajv2020({ allErrors: true, strict: false, ownProperties: true, logger: false });
  for (const [name, validate] of Object.entries(formats)) instance.addFormat(name, { type: 'string', validate });
  for (const [name, validate] of Object.entries(numberFormats)) instance.addFormat(name, { type: 'number', validate });
  instance.addSchema({ $id: 'document:', components: { schemas: components } }, 'document:');
  return (schema) => instance.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document:#/')));
}

const texts = (violations: readonly Pick<Violation, 'pointer' | 'keyword'>[]): ReadonlySet<string> =>
  new Set(violations.map(({ pointer, keyword }) => `${pointer} ${keyword}`));

const isWithin = (pointer: string, parent: string): boolean => pointer === parent || pointer.startsWith(`${parent}/`);

/** Every value with the schema that it was made for. */
function* cases(): Generator<{ readonly index: number; readonly value: unknown; readonly context: string }> {
  for (const [index, ofSchema] of values.entries()) {
    for (const value of ofSchema) yield { index, value, context: JSON.stringify({ schema: schemas[index], value }) };
  }
}

test('values are valid about as often as not, and most schemas have both kinds', () => {
  const verdicts = values.map((ofSchema, index) => ofSchema.map((value) => validators[index]?.(value).length === 0));
  const all = verdicts.flat();
  const valid = all.filter(Boolean).length / all.length;
  expect(valid).toBeGreaterThan(0.3);
  expect(valid).toBeLessThan(0.7);
  const mixed = verdicts.filter((ofSchema) => ofSchema.includes(true) && ofSchema.includes(false));
  expect(mixed.length / verdicts.length).toBeGreaterThan(0.5);
});

test('the verdict is that of Ajv, and so are the places and keywords', () => {
  const oracles = schemas.map(ajv);
  let crashes = 0;
  for (const { index, value, context } of cases()) {
    const oracle = oracles[index];
    const found = validators[index]?.(value) ?? [];
    let isValid: boolean | undefined;
    try {
      isValid = oracle?.(value);
    } catch {
      crashes += 1;
      continue;
    }
    expect(found.length === 0, context).toBe(isValid);
    const expected = (oracle?.errors ?? []).map(({ instancePath, keyword }) => ({ pointer: instancePath, keyword }));
    if (context.includes('unevaluated')) continue;
    const unions = expected.filter(({ keyword }) => ['anyOf', 'oneOf', 'contains'].includes(keyword));
    const certain = expected.filter(({ pointer }) => !unions.some((union) => isWithin(pointer, union.pointer)));
    const comparable = found.filter(({ keyword }) => keyword !== 'uniqueItems' && keyword !== 'contains');
    expect([...texts(expected)], context).toEqual(expect.arrayContaining([...texts(comparable)]));
    expect([...texts(found)], context).toEqual(expect.arrayContaining([...texts(certain)]));
  }
  expect(crashes / values.flat().length).toBeLessThan(0.05);
});
