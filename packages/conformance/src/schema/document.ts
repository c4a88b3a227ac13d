import type { Operation } from '@contract-first/core';
import { appendPointer } from '@contract-first/core';
import { memo, memoByName } from './memo.ts';

/** The OpenAPI document of a contract, as `document.gen.ts` exports it or as parsed from YAML. */
export type OpenApiDocument = object;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value of the document and its JSON Pointer (RFC 6901) from the root. */
export interface Node {
  readonly value: unknown;
  readonly pointer: string;
}

/** The same object for the same node and token. */
export const childNode = memoByName(({ value, pointer }: Node, token: string | number): Node | null => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return null;
  return { value: Reflect.get(value, token), pointer: appendPointer(pointer, token) };
});

/** Follows tokens from a node, references (OAS 3.1 §4.8.23) on the way and at the end included. */
export function find(document: OpenApiDocument, from: Node, ...tokens: readonly (string | number)[]): Node | null {
  let node: Node | null = dereference(document, from);
  for (const token of tokens) {
    const child: Node | null = node && childNode(node, token);
    node = child && dereference(document, child);
  }
  return node;
}

export const rootNode = memo((document: OpenApiDocument): Node => ({ value: document, pointer: '' }));

/** @throws {Error} if a reference leads nowhere or back to itself, which the generator refuses */
export function dereference(document: OpenApiDocument, node: Node): Node {
  const visited = new Set<string>();
  let target = node;
  while (isObject(target.value) && typeof target.value['$ref'] === 'string') {
    if (visited.has(target.pointer)) throw new Error(`${node.pointer}: $ref leads back to itself`);
    visited.add(target.pointer);
    target = referenced(document, target.value['$ref']);
  }
  return target;
}

/** What `#/…` points to. */
export const referenced = memoByName((document: OpenApiDocument, reference: string): Node => {
  const tokens = reference
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node: Node | null = rootNode(document);
  for (const token of tokens) node = node && childNode(node, token);
  if (node === null || !reference.startsWith('#')) throw new Error(`$ref ${reference} leads nowhere in the document`);
  return node;
});

/** The Operation Object of an operation. @throws {Error} if contract and document do not belong together */
export function operationNode(document: OpenApiDocument, { operationId, path, method }: Operation): Node {
  const node = find(document, rootNode(document), 'paths', path, method);
  if (node === null) throw new Error(`the document has no ${method} ${path}; it is not the one of ${operationId}`);
  return node;
}

/** The schema of a request body in one media type. */
export function requestSchema(document: OpenApiDocument, operation: Operation, mediaType: string): Node | null {
  const body = find(document, operationNode(document, operation), 'requestBody');
  return body && contentSchema(document, body, mediaType);
}

/** The schema of a response body. @param key of the Responses Object, for example `200`, `4XX` or `default` */
export function responseSchema(
  document: OpenApiDocument,
  operation: Operation,
  key: string,
  mediaType: string,
): Node | null {
  const response = find(document, operationNode(document, operation), 'responses', key);
  return response && contentSchema(document, response, mediaType);
}

/** The keys of a contract's content are lower-case, those of the document need not be. */
export function contentNode(document: OpenApiDocument, holder: Node, mediaType: string): Node | null {
  const content = find(document, holder, 'content');
  if (content === null || !isObject(content.value)) return null;
  const key = Object.keys(content.value).find((name) => name.toLowerCase() === mediaType);
  return key === undefined ? null : find(document, content, key);
}

function contentSchema(document: OpenApiDocument, holder: Node, mediaType: string): Node | null {
  const media = contentNode(document, holder, mediaType);
  return media && childNode(media, 'schema');
}

/** The Parameter Object of a parameter; those of the operation hide those of the path item (OAS 3.1 §4.8.10). */
export function parameterNode(
  document: OpenApiDocument,
  operation: Operation,
  place: string,
  name: string,
): Node | null {
  const item = find(document, rootNode(document), 'paths', operation.path);
  const lists = [operationNode(document, operation), ...(item ? [item] : [])];
  for (const list of lists) {
    const parameters = find(document, list, 'parameters');
    const count = Array.isArray(parameters?.value) ? parameters.value.length : 0;
    for (let index = 0; index < count; index += 1) {
      const parameter = parameters && find(document, parameters, index);
      if (!parameter || !isObject(parameter.value)) continue;
      if (parameter.value['in'] === place && parameter.value['name'] === name) return parameter;
    }
  }
  return null;
}
