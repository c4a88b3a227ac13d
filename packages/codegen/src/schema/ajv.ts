import { formats, numberFormats } from '@contract-first/core';
import { Ajv2020, type Options } from 'ajv/dist/2020.js';

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
};

/** An Ajv that checks schemas one by one, without what they refer to. The validators are made without it. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020(options);
  for (const [name, validate] of Object.entries(formats))
    ajv.addFormat(name, { type: 'string', validate: (value: string) => validate(value) });
  for (const [name, validate] of Object.entries(numberFormats)) ajv.addFormat(name, { type: 'number', validate });
  return ajv;
}
