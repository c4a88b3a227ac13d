import { childNode, isObject, type JsonObject, type Node, type OpenApiDocument, referenced } from './document.ts';
import { memo, memoByName } from './memo.ts';

/** One Schema Object that applies to a value, and where it stands. */
export interface Schema {
  readonly keywords: JsonObject;
  readonly pointer: string;
  readonly node: Node;
}

/**
 * The schemas that apply to a value whatever it is: the schema itself, what it refers to, and `allOf`. Boolean schemas
 * have no keywords.
 */
export function applied(document: OpenApiDocument, node: Node): readonly Schema[] {
  return appliedIn(document)(node);
}

const appliedIn = memo((document: OpenApiDocument) =>
  memo((node: Node): readonly Schema[] => {
    const schema = schemaOf(node);
    if (schema === null) return [];
    const reference = schema.keywords['$ref'];
    const target = typeof reference === 'string' ? [referenced(document, reference)] : [];
    const parts = [...target, ...items(node, 'allOf')];
    return [schema, ...parts.flatMap((part) => applied(document, part))];
  }),
);

/** The Schema Object at a node; null for a boolean schema. */
export const schemaOf = memo((node: Node): Schema | null => {
  const { pointer, value } = node;
  return isObject(value) ? { keywords: value, pointer, node } : null;
});

/** The members of a keyword that holds a list of schemas. */
export const items = memoByName((node: Node, keyword: string): readonly Node[] => {
  const list = childNode(node, keyword);
  if (!Array.isArray(list?.value)) return [];
  return list.value.map((_, index) => childNode(list, index)).filter((item) => item !== null);
});

/** The members of a keyword that holds schemas by name. */
export const members = memoByName((node: Node, keyword: string): readonly (readonly [name: string, schema: Node])[] => {
  const map = childNode(node, keyword);
  if (map === null || !isObject(map.value)) return [];
  return Object.keys(map.value).flatMap((name) => {
    const child = childNode(map, name);
    return child === null ? [] : [[name, child] as const];
  });
});

/** The types that a schema names; empty if it names none. */
export const typesOf = memo(({ keywords }: Schema): readonly string[] => {
  const { type } = keywords;
  const list = Array.isArray(type) ? type : [type];
  return list.filter((name) => typeof name === 'string');
});

/** A choice between schemas (`oneOf`, `anyOf`), or a condition (`then`, `else`), with the pointer of each branch. */
export const branches = memo(({ node }: Schema): readonly Node[] => [...items(node, 'oneOf'), ...items(node, 'anyOf')]);

/** Schemas that apply to some values only. */
export const conditional = memo((schema: Schema): readonly Node[] => {
  const { node } = schema;
  const single = ['then', 'else'].map((keyword) => childNode(node, keyword)).filter((child) => child !== null);
  return [...branches(schema), ...single, ...members(node, 'dependentSchemas').map(([, child]) => child)];
});

/**
 * Every schema that may apply to a value, branches included.
 */
export function possible(document: OpenApiDocument, node: Node): readonly Schema[] {
  return applied(document, node).flatMap((schema) => [
    schema,
    ...conditional(schema).flatMap((branch) => possible(document, branch)),
  ]);
}
