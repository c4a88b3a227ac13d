import { formats, numberFormats } from '@contract-first/core';
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import type { RegisteredSchema } from './registry.ts';

const options: Options = {
  allErrors: true,
  strict: true,
  // An `anyOf` of `required` lists is common and harmless.
  strictRequired: false,
  // Tuples that are open, or whose items are optional, are valid and have types.
  strictTuples: false,
  allowUnionTypes: true,
  // JSON members only: `constructor` and `toString` are not inherited into a document.
  ownProperties: true,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  addUsedSchema: false,
  validateFormats: true,
  // The schemas are checked against their meta-schema before, with their places.
  validateSchema: false,
  logger: false,
  code: { source: true, esm: true, optimize: true, lines: true, formats: _`formats` },
};

/** An Ajv that knows the component schemas and every format of core. */
export function createAjv(components: readonly RegisteredSchema[], overrides: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ ...options, ...overrides });
  for (const [name, validate] of Object.entries(formats))
    ajv.addFormat(name, { type: 'string', validate: (value: string) => validate(value) });
  for (const [name, validate] of Object.entries(numberFormats)) ajv.addFormat(name, { type: 'number', validate });
  for (const { key, schema } of components) addSchema(ajv, key, schema);
  return ajv;
}

/** Adds a schema that is an object or a boolean; the checks have refused anything else. */
export function addSchema(ajv: Ajv2020, key: string, schema: unknown): void {
  if (typeof schema === 'boolean') ajv.addSchema(schema ? {} : { not: {} }, key);
  else if (typeof schema === 'object' && schema !== null) ajv.addSchema(schema, key);
}
