import type { ParameterPlace, ParameterStyle } from '@contract-first/core';

/** The schemas of parameters, one of each kind that a style tells apart. */
export const schemas = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  strings: { type: 'array', items: { type: 'string' } },
  numbers: { type: 'array', items: { type: 'number' } },
  booleans: { type: 'array', items: { type: 'boolean' } },
  closed: {
    type: 'object',
    additionalProperties: false,
    properties: {
      text: { type: 'string' },
      count: { type: 'integer' },
      isOpen: { type: 'boolean' },
      constructor: { type: 'string' },
      'a.b[c]=,;|': { type: 'string' },
    },
  },
  cookieObject: {
    type: 'object',
    additionalProperties: false,
    properties: { text: { type: 'string' }, count: { type: 'number' }, 'a.b|%25': { type: 'string' } },
  },
  open: {
    type: 'object',
    properties: { count: { type: 'integer' } },
    additionalProperties: { type: 'string' },
  },
  json: {},
} as const;

export type SchemaName = keyof typeof schemas;

/** One way in which a parameter may be declared. */
export interface Combination {
  readonly operationId: string;
  readonly in: ParameterPlace;
  readonly style: ParameterStyle | 'content';
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly schema: SchemaName;
}

const kinds = {
  primitive: ['string', 'integer', 'number', 'boolean'],
  array: ['strings', 'numbers', 'booleans'],
  object: ['closed', 'open'],
} as const;

type Kind = keyof typeof kinds;

/** The table of OAS 3.1 §4.8.12.3, written once more: what is tested is not what it is tested with. */
const styles: readonly (readonly [ParameterPlace, ParameterStyle, readonly boolean[], readonly Kind[]])[] = [
  ['path', 'simple', [false, true], ['primitive', 'array', 'object']],
  ['path', 'label', [false, true], ['primitive', 'array', 'object']],
  ['path', 'matrix', [false, true], ['primitive', 'array', 'object']],
  ['header', 'simple', [false, true], ['primitive', 'array', 'object']],
  ['query', 'form', [false, true], ['primitive', 'array', 'object']],
  ['query', 'spaceDelimited', [false], ['array', 'object']],
  ['query', 'pipeDelimited', [false], ['array', 'object']],
  ['query', 'deepObject', [true], ['object']],
  ['cookie', 'form', [false, true], ['primitive', 'array', 'object']],
];

function* declarations(): Iterable<Omit<Combination, 'operationId'>> {
  for (const [place, style, explodes, of] of styles) {
    for (const explode of explodes) {
      for (const allowReserved of place === 'query' ? [false, true] : [false]) {
        for (const schema of of.flatMap((kind): readonly SchemaName[] => kinds[kind])) {
          const name = place === 'cookie' && explode && (schema === 'open' || schema === 'closed') ? null : schema;
          if (name !== null) yield { in: place, style, explode, allowReserved, schema: name };
        }
      }
    }
  }
  yield { in: 'cookie', style: 'form', explode: true, allowReserved: false, schema: 'cookieObject' };
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    yield { in: place, style: 'content', explode: false, allowReserved: false, schema: 'json' };
  }
}

export const combinations: readonly Combination[] = [...declarations()].map((declaration, index) => ({
  operationId: `op${index}`,
  ...declaration,
}));

/** The name that the parameter of a combination has. Names other than words have to be escaped. */
export function nameOf({ in: place }: Combination): string {
  return { path: 'value', query: 'a.b[c] &=ü', header: 'X-Value', cookie: 'a.b|%25' }[place];
}

/** A document with one operation for each combination. */
export function combinationDocument(): string {
  const paths = Object.fromEntries(
    combinations.map((combination) => [
      combination.in === 'path' ? `/${combination.operationId}/{value}` : `/${combination.operationId}`,
      { get: operation(combination) },
    ]),
  );
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Combinations', version: '1.0.0' },
    servers: [{ url: '/v1' }],
    security: [],
    paths,
    components: { schemas },
  });
}

function operation(combination: Combination): object {
  const { operationId, in: place, style, explode, allowReserved, schema } = combination;
  const reference = { $ref: `#/components/schemas/${schema}` };
  const form =
    style === 'content'
      ? { content: { 'application/json': { schema: reference } } }
      : { style, explode, schema: reference, ...(allowReserved && { allowReserved }) };
  const error = { content: { 'application/vnd.api+json': { schema: {} } }, description: 'Refused.' };
  return {
    operationId,
    security: [],
    parameters: [{ name: nameOf(combination), in: place, required: true, ...form }],
    responses: { 204: { description: 'Taken.' }, '4XX': error, 501: error },
  };
}
