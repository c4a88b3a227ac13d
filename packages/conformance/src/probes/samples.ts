import * as fc from 'fast-check';
import { childNode, find, isObject, type Node, type OpenApiDocument } from '../schema/document.ts';
import { applied } from '../schema/schema.ts';
import { matches } from '../schema/schema-validator.ts';
import { arbitraryOf } from './arbitrary.ts';

/** `example` and `examples` of a parameter, header or media type, and those of its schema (OAS 3.1 §4.8.12.2, §4.8.14.1). */
export function documentedExamples(document: OpenApiDocument, holder: Node): readonly unknown[] {
  const single = childNode(holder, 'example');
  const named = childNode(holder, 'examples');
  const names = named !== null && isObject(named.value) ? Object.keys(named.value) : [];
  const values = names.map((name) => find(document, holder, 'examples', name, 'value')?.value);
  return [
    ...(single === null ? [] : [single.value]),
    ...values.filter((value) => value !== undefined),
    ...schemaExamples(document, holder),
  ];
}

function schemaExamples(document: OpenApiDocument, holder: Node): readonly unknown[] {
  const schema = childNode(holder, 'schema');
  const schemas = schema === null ? [] : applied(document, schema);
  return schemas.flatMap(({ keywords: { example, examples } }) => [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? examples : []),
  ]);
}

/**
 * Values that a parameter, header or media type may have: its documented examples, as far as they are valid, and made
 * ones.
 *
 * @param count how many are made; at least one if there is no example
 * @param seed of the made ones
 * @returns empty if none can be made
 */
export function samplesOf(document: OpenApiDocument, holder: Node, count: number, seed: number): readonly unknown[] {
  const schema = childNode(holder, 'schema');
  const examples = documentedExamples(document, holder);
  if (schema === null) return examples;
  const valid = examples.filter((example) => matches(document, schema, example));
  const wanted = valid.length === 0 ? Math.max(1, count) : count;
  return [...valid, ...madeOf(document, schema, wanted, seed)];
}

/** A filter that refuses everything would be tried for ever. */
const MAX_TRIES = 200;

function madeOf(document: OpenApiDocument, schema: Node, count: number, seed: number): readonly unknown[] {
  if (count === 0) return [];
  const candidates = fc.sample(arbitraryOf(document, schema, { isUnchecked: true }), { seed, numRuns: MAX_TRIES });
  return candidates.filter((value) => matches(document, schema, value)).slice(0, count);
}
