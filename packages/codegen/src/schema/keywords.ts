/** The keywords of JSON Schema 2020-12 and of the OpenAPI 3.1 base vocabulary (OAS 3.1 §4.8.24), by what they hold. */

/** Hold one schema. */
export const schemaKeywords = [
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Hold a list of schemas. */
export const schemaListKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];

/** Hold schemas by name. */
export const schemaMapKeywords = ['dependentSchemas', 'patternProperties', 'properties'];

/** Hold schemas that apply to the same value, so that a circle through them never ends. */
export const inPlaceKeywords = ['allOf', 'anyOf', 'dependentSchemas', 'else', 'if', 'not', 'oneOf', 'then'];

/** Hold values that validation depends on. */
export const assertionKeywords = [
  '$ref',
  'const',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
  'type',
  'uniqueItems',
];

/** Say something to people only. */
export const annotationKeywords = [
  '$comment',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'xml',
];

/** Keywords that apply to values of one type only. */
export const keywordsByType: Readonly<Record<string, readonly string[]>> = {
  string: ['maxLength', 'minLength', 'pattern'],
  number: ['exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'minimum', 'multipleOf'],
  array: [
    ...['contains', 'items', 'maxContains', 'maxItems', 'minContains', 'minItems', 'prefixItems'],
    ...['unevaluatedItems', 'uniqueItems'],
  ],
  object: [
    ...['additionalProperties', 'dependentRequired', 'dependentSchemas', 'maxProperties', 'minProperties'],
    ...['patternProperties', 'properties', 'propertyNames', 'required', 'unevaluatedProperties'],
  ],
};

/** Keywords that look as if they did something, and what to do instead. */
export const refusedKeywords: Readonly<Record<string, string>> = {
  $anchor: 'refer to #/components/schemas/Name',
  $defs: 'move the schemas to components.schemas',
  $dynamicAnchor: 'refer to #/components/schemas/Name',
  $dynamicRef: 'use $ref',
  $id: 'refer to #/components/schemas/Name',
  $recursiveAnchor: 'refer to #/components/schemas/Name',
  $recursiveRef: 'use $ref',
  $schema: 'remove it, every schema is JSON Schema 2020-12',
  $vocabulary: 'remove it',
  additionalItems: 'use items beside prefixItems',
  contentEncoding: 'use the format byte',
  contentMediaType: 'describe the content as a schema',
  contentSchema: 'describe the content as a schema',
  definitions: 'move the schemas to components.schemas',
  dependencies: 'use dependentRequired or dependentSchemas',
  discriminator: 'use oneOf whose schemas differ in a const property',
  id: 'refer to #/components/schemas/Name',
  nullable: "add 'null' to the type",
  readOnly: 'use separate schemas for request and response',
  writeOnly: 'use separate schemas for request and response',
};
