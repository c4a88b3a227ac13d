/** The examples of an OpenAPI document, with their references resolved. */

/** An example of a body. */
export interface DocumentedExample {
  readonly operationId: string;
  /** The key under `examples`. */
  readonly name: string;
  readonly value: unknown;
}

/** An example of a reply's body. One that several operations share is there once, for the first of them. */
export interface DocumentedReply extends DocumentedExample {
  readonly status: number;
}

type Node = Readonly<Record<string, unknown>>;

/** @param document parsed, not dereferenced */
export function requestExamples(document: unknown): DocumentedExample[] {
  return operations(document).flatMap(({ operationId, operation }) =>
    bodies(document, member(document, operation, 'requestBody')).map((example) => ({ operationId, ...example })),
  );
}

/** @param document parsed, not dereferenced */
export function replyExamples(document: unknown): DocumentedReply[] {
  const all = operations(document).flatMap(({ operationId, operation }) =>
    members(document, member(document, operation, 'responses')).flatMap(([status, response]) =>
      bodies(document, response).map((example) => ({ operationId, status: Number(status), ...example })),
    ),
  );
  return all.filter((example, index) => all.findIndex(({ value }) => value === example.value) === index);
}

function operations(document: unknown): { operationId: string; operation: Node }[] {
  const items = members(document, member(document, toNode(document), 'paths'));
  const found = items.flatMap(([, item]) => members(document, item).map(([, operation]) => operation));
  return found.flatMap((operation) => {
    const { operationId } = operation;
    return typeof operationId === 'string' ? [{ operationId, operation }] : [];
  });
}

function bodies(document: unknown, holder: Node): { name: string; value: unknown }[] {
  const mediaTypes = members(document, member(document, holder, 'content'));
  return mediaTypes.flatMap(([, mediaType]) =>
    members(document, member(document, mediaType, 'examples')).map(([name, { value }]) => ({ name, value })),
  );
}

function members(document: unknown, node: Node): [string, Node][] {
  return Object.keys(node).map((name) => [name, member(document, node, name)]);
}

/** The object under a name, or an empty one. */
function member(document: unknown, node: Node, name: string): Node {
  const value = toNode(node[name]);
  return typeof value['$ref'] === 'string' ? resolve(document, value['$ref']) : value;
}

function resolve(document: unknown, reference: string): Node {
  const tokens = reference.replace('#/', '').split('/');
  return tokens.reduce((node, token) => member(document, node, token), toNode(document));
}

function toNode(value: unknown): Node {
  // An object's own members are what a Record has.
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}
