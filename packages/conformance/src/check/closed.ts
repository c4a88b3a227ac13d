import { appendPointer } from '@contract-first/core';
import { childNode, isObject, type Node, type OpenApiDocument } from '../schema/document.ts';
import { applied, conditional, items, type Schema } from '../schema/schema.ts';
import { matches, memberSchemas } from '../schema/schema-validator.ts';

/**
 * The members of a value that its schema does not name, by JSON Pointer. A schema without `additionalProperties` lets
 * them pass, and so does one with `true` or `{}`; a schema for them (a map) names them.
 */
export function undeclaredMembers(
  document: OpenApiDocument,
  nodes: readonly Node[],
  value: unknown,
  pointer = '',
): readonly string[] {
  const schemas = nodes.flatMap((node) => valid(document, node, value));
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      undeclaredMembers(document, itemSchemas(schemas, index), item, appendPointer(pointer, index)),
    );
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const place = appendPointer(pointer, name);
    const declared = schemas.flatMap((schema) => memberSchemas(schema.node, name)).filter(saysSomething);
    return declared.length === 0 ? [place] : undeclaredMembers(document, declared, member, place);
  });
}

/** The schemas that apply to a value, with those branches that it matches. */
export function valid(document: OpenApiDocument, node: Node, value: unknown): readonly Schema[] {
  return applied(document, node).flatMap((schema) => [
    schema,
    ...conditional(schema)
      .filter((branch) => matches(document, branch, value))
      .flatMap((branch) => valid(document, branch, value)),
  ]);
}

export function itemSchemas(schemas: readonly Schema[], index: number): readonly Node[] {
  return schemas.flatMap((schema) => {
    const part = items(schema.node, 'prefixItems')[index] ?? childNode(schema.node, 'items');
    return part === null ? [] : [part];
  });
}

/** `additionalProperties: true` or `{}` names nothing. A property may well have an empty schema: it has a name. */
function saysSomething({ value, pointer }: Node): boolean {
  if (!pointer.endsWith('/additionalProperties')) return true;
  return isObject(value) && Object.keys(value).length > 0;
}
