import { childNode, isObject, type JsonObject, type Node, type OpenApiDocument, referenced } from './document.ts';

/** One Schema Object that applies to a value, and where it stands. */
export interface Schema {
  readonly keywords: JsonObject;
  readonly pointer: string;
}

/**
 * The schemas that apply to a value whatever it is: the schema itself, what it refers to, and `allOf`. Boolean schemas
 * have no keywords.
 */
export function applied(document: OpenApiDocument, node: Node): readonly Schema[] {
  const { value } = node;
  if (!isObject(value)) return [];
  const target = typeof value['$ref'] === 'string' ? [referenced(document, value['$ref'])] : [];
  const parts = [...target, ...items(node, 'allOf')];
  return [{ keywords: value, pointer: node.pointer }, ...parts.flatMap((part) => applied(document, part))];
}

/** The members of a keyword that holds a list of schemas. */
export function items(node: Node, keyword: string): readonly Node[] {
  const list = childNode(node, keyword);
  if (!Array.isArray(list?.value)) return [];
  return list.value.map((_, index) => childNode(list, index)).filter((item) => item !== null);
}

/** The members of a keyword that holds schemas by name. */
export function members(node: Node, keyword: string): readonly (readonly [name: string, schema: Node])[] {
  const map = childNode(node, keyword);
  if (map === null || !isObject(map.value)) return [];
  return Object.keys(map.value).flatMap((name) => {
    const child = childNode(map, name);
    return child === null ? [] : [[name, child] as const];
  });
}

export function nodeOf({ keywords, pointer }: Schema): Node {
  return { value: keywords, pointer };
}

/** The types that a schema names; empty if it names none. */
export function typesOf({ keywords }: Schema): readonly string[] {
  const { type } = keywords;
  const list = Array.isArray(type) ? type : [type];
  return list.filter((name) => typeof name === 'string');
}

/** A choice between schemas (`oneOf`, `anyOf`), or a condition (`then`, `else`), with the pointer of each branch. */
export function branches(schema: Schema): readonly Node[] {
  const node = nodeOf(schema);
  return [...items(node, 'oneOf'), ...items(node, 'anyOf')];
}

/** Schemas that apply to some values only. */
export function conditional(schema: Schema): readonly Node[] {
  const node = nodeOf(schema);
  const single = ['then', 'else'].map((keyword) => childNode(node, keyword)).filter((child) => child !== null);
  return [...branches(schema), ...single, ...members(node, 'dependentSchemas').map(([, child]) => child)];
}

/**
 * Every schema that may apply to a value, branches included.
 */
export function possible(document: OpenApiDocument, node: Node): readonly Schema[] {
  return applied(document, node).flatMap((schema) => [
    schema,
    ...conditional(schema).flatMap((branch) => possible(document, branch)),
  ]);
}
