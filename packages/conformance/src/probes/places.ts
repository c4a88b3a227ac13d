import { appendPointer } from '@contract-first/core';
import * as fc from 'fast-check';
import { childNode, isObject, type Node, type OpenApiDocument } from '../schema/document.ts';
import { members, possible, type Schema } from '../schema/schema.ts';
import { matches, memberSchemas } from '../schema/schema-validator.ts';
import { type ArbitraryOptions, arbitraryOf, NoValueError } from './arbitrary.ts';

/** A place in a body: its schema, and a valid body that has a value there. */
export interface PlaceInBody {
  readonly pointer: string;
  readonly node: Node;
  readonly body: unknown;
  readonly value: unknown;
}

export interface Samples extends ArbitraryOptions {
  readonly count: number;
  readonly seed: number;
}

/**
 * Every place of a body that its schema names, of arrays the first item, of maps the first member. Where the given body has no value, an arbitrary
 * one is put in; where that makes it invalid, the place is left out.
 */
export function* placesOf(
  document: OpenApiDocument,
  root: Node,
  body: unknown,
  samples: Samples,
): Iterable<PlaceInBody> {
  yield* walk({ document, root, samples }, { pointer: '', node: root, body, value: body }, []);
}

interface Walk {
  readonly document: OpenApiDocument;
  readonly root: Node;
  readonly samples: Samples;
}

function* walk(walked: Walk, place: PlaceInBody, above: readonly string[]): Iterable<PlaceInBody> {
  yield place;
  const { document } = walked;
  const schemas = possible(document, place.node);
  const identities = schemas.filter(({ keywords }) => !('$ref' in keywords)).map(({ pointer }) => pointer);
  if (identities.some((pointer) => above.includes(pointer))) return;
  const parts = schemas.flatMap((schema): (readonly [string | number, Node])[] => {
    const item = childNode(schema.node, 'items');
    const named = members(schema.node, 'properties');
    return [...named, ...unnamed(schema, place.value), ...(item === null ? [] : [[0, item] as const])];
  });
  for (const [token, node] of new Map(parts.filter(([, { value }]) => value !== false))) {
    const child = childPlace(walked, place, token, node);
    if (child !== null) yield* walk(walked, child, [...above, ...identities]);
  }
}

/** The first member of a map. */
function unnamed(schema: Schema, value: unknown): readonly (readonly [string, Node])[] {
  const node = schema.node;
  const rest = childNode(node, 'additionalProperties');
  const names = isObject(value) ? Object.keys(value) : [];
  const name = names.find((key) => memberSchemas(node, key).some(({ pointer }) => pointer === rest?.pointer));
  return rest === null || name === undefined ? [] : [[name, rest]];
}

function childPlace(walked: Walk, place: PlaceInBody, token: string | number, node: Node): PlaceInBody | null {
  const { document, root, samples } = walked;
  const pointer = appendPointer(place.pointer, token);
  if (typeof token === 'number' ? !Array.isArray(place.value) : !isObject(place.value)) return null;
  const given: unknown = Reflect.get(Object(place.value), token);
  const candidates = given === undefined || given === null ? sampleOf(document, node, samples) : [given];
  for (const value of candidates) {
    const body = withValue(place.body, pointer, value);
    if (matches(document, root, body)) return { pointer, node, body, value };
  }
  return null;
}

/** The samples, as far as some can be made; those first that are not null and have the most members. */
export function sampleOf(document: OpenApiDocument, node: Node, { count, seed, formats }: Samples): readonly unknown[] {
  const arbitrary = arbitraryOf(document, node, formats === undefined ? {} : { formats });
  const weight = (value: unknown): number => (value === null ? -1 : Object.keys(Object(value)).length);
  try {
    return fc.sample(arbitrary, { numRuns: count, seed }).sort((one, other) => weight(other) - weight(one));
  } catch (error) {
    if (error instanceof NoValueError) return [];
    throw error;
  }
}

/** A copy of a body with another value at a place; undefined takes the member away. */
export function withValue(body: unknown, pointer: string, value: unknown): unknown {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return replace(body, tokens, value);
}

function replace(body: unknown, [token, ...rest]: readonly string[], value: unknown): unknown {
  if (token === undefined) return value;
  if (Array.isArray(body))
    return body.length === 0
      ? [replace(undefined, rest, value)]
      : body.with(Number(token), replace(body[Number(token)], rest, value));
  const entries = isObject(body) ? Object.entries(body) : [];
  const before = entries.find(([name]) => name === token);
  const member = replace(before?.[1], rest, value);
  const others = entries.filter(([name]) => name !== token);
  // fromEntries makes a member of every name, __proto__ too.
  return Object.fromEntries(member === undefined ? others : [...others, [token, member]]);
}
