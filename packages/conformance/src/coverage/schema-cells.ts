import { appendPointer } from '@contract-first/core';
import { itemSchemas, valid } from '../check/closed.ts';
import { childNode, isObject, type Node, type OpenApiDocument } from '../schema/document.ts';
import { branches, items, members, possible, type Schema, typesOf } from '../schema/schema.ts';
import { matches, memberSchemas } from '../schema/schema-validator.ts';

/** What a schema lets a body have: a member, an enumerated value or null at a place, or a branch that it matches. */
export interface SchemaCell {
  /** For example `/data/gender`, `/data/gender = "male"` or `/data branch /components/schemas/Pet/oneOf/1`. */
  readonly key: string;
  /** Where the document says so. */
  readonly pointer: string;
  /** For example `/data/gender that is null`. */
  readonly what: string;
}

/**
 * Every cell of a schema. Places are JSON Pointers into the body, with `*` for each item of an array and each member of
 * a map. A schema that comes back to itself is not gone into a second time.
 */
export function schemaCells(document: OpenApiDocument, node: Node): readonly SchemaCell[] {
  return walk(document, [node], '', new Set());
}

function walk(
  document: OpenApiDocument,
  nodes: readonly Node[],
  place: string,
  above: ReadonlySet<string>,
): readonly SchemaCell[] {
  const schemas = nodes.flatMap((node) => possible(document, node));
  const own = ownCells(document, nodes, schemas, place);
  const identities = schemas.filter(({ keywords }) => !('$ref' in keywords)).map(({ pointer }) => pointer);
  if (identities.some((pointer) => above.has(pointer))) return own;
  const inside = new Set([...above, ...identities]);
  const children = [...parts(schemas)].flatMap(([token, parts]) => {
    const child = childPlace(place, token);
    return [memberCell(child, parts), ...walk(document, parts, child, inside)];
  });
  return [...own, ...children];
}

const each = Symbol('each');

/** The schemas of members by name; those of items and of the rest by {@link each}. */
function parts(schemas: readonly Schema[]): ReadonlyMap<string | typeof each, readonly Node[]> {
  const found = schemas.flatMap((schema): (readonly [string | typeof each, Node])[] => {
    const node = schema.node;
    const rest = ['items', 'additionalProperties'].map((keyword) => childNode(node, keyword));
    const patterned = members(node, 'patternProperties').map(([, part]) => part);
    const unnamed = [...rest.filter((part) => part !== null), ...items(node, 'prefixItems'), ...patterned];
    return [
      ...members(node, 'properties'),
      ...unnamed
        .filter(({ value }) => isObject(value) && Object.keys(value).length > 0)
        .map((part) => [each, part] as const),
    ];
  });
  return new Map(
    [...Map.groupBy(found, ([token]) => token)].map(([token, entries]) => [token, entries.map(([, part]) => part)]),
  );
}

function childPlace(place: string, token: string | typeof each): string {
  return token === each ? `${place}/*` : appendPointer(place, token);
}

function memberCell(place: string, [first]: readonly Node[]): SchemaCell {
  return { key: place, pointer: first?.pointer ?? '', what: place };
}

/** The values and branches at one place. */
function ownCells(
  document: OpenApiDocument,
  nodes: readonly Node[],
  schemas: readonly Schema[],
  place: string,
): readonly SchemaCell[] {
  const name = place || '(root)';
  const values = schemas
    .flatMap((schema) => listedValues(schema).map((value) => ({ value, pointer: schema.pointer })))
    .filter(({ value }) => nodes.some((node) => matches(document, node, value)));
  return [
    ...values.map(({ value, pointer }) => ({
      key: valueKey(place, value),
      pointer,
      what: `${name} that is ${JSON.stringify(value)}`,
    })),
    ...schemas.flatMap(branches).map(({ pointer }) => ({
      key: branchKey(place, pointer),
      pointer,
      what: `${name} that matches ${pointer}`,
    })),
  ];
}

/** Enumerated values, and null where the type allows it. */
function listedValues(schema: Schema): readonly unknown[] {
  const listed = schema.keywords['enum'];
  return [...(Array.isArray(listed) ? listed : []), ...(typesOf(schema).includes('null') ? [null] : [])];
}

function valueKey(place: string, value: unknown): string {
  return `${place || '(root)'} = ${JSON.stringify(value)}`;
}

function branchKey(place: string, pointer: string): string {
  return `${place || '(root)'} branch ${pointer}`;
}

/** The keys of the cells that a value covers. Some may belong to no cell: a value goes deeper than {@link schemaCells}. */
export function coveredKeys(
  document: OpenApiDocument,
  nodes: readonly Node[],
  value: unknown,
  place = '',
): readonly string[] {
  const schemas = nodes.flatMap((node) => valid(document, node, value));
  const own = isScalar(value) ? [valueKey(place, value)] : [];
  const taken = schemas.flatMap(branches).filter((branch) => matches(document, branch, value));
  return [
    ...own,
    ...taken.map(({ pointer }) => branchKey(place, pointer)),
    ...coveredMembers(document, schemas, value, place),
  ];
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function coveredMembers(
  document: OpenApiDocument,
  schemas: readonly Schema[],
  value: unknown,
  place: string,
): readonly string[] {
  if (Array.isArray(value)) {
    const child = childPlace(place, each);
    return value.flatMap((item, index) => [child, ...coveredKeys(document, itemSchemas(schemas, index), item, child)]);
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const parts = schemas.flatMap((schema) => memberSchemas(schema.node, name));
    if (parts.length === 0) return [];
    const isNamed = schemas.some((schema) => members(schema.node, 'properties').some(([key]) => key === name));
    const child = childPlace(place, isNamed ? name : each);
    return [child, ...coveredKeys(document, parts, member, child)];
  });
}
