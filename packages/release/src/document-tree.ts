/** What stands at a place of an OpenAPI document, as far as it matters here (OAS 3.1 §4.8). */
export type NodeType = keyof typeof members | keyof typeof collections | 'prose' | 'strict';

/** Members that people read, whatever they stand in. Programs do not depend on them. */
const prose = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'termsOfService',
  '$comment',
]);

const members = {
  document: {
    info: 'prose',
    tags: 'prose',
    paths: 'paths',
    webhooks: 'paths',
    components: 'components',
    servers: 'servers',
  },
  components: {
    schemas: 'schemas',
    responses: 'responses',
    parameters: 'parameters',
    requestBodies: 'requestBodies',
    headers: 'headers',
    securitySchemes: 'objects',
    pathItems: 'paths',
    links: 'objects',
    callbacks: 'objects',
  },
  pathItem: {
    ...Object.fromEntries(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'].map(operation)),
    parameters: 'parameters',
    servers: 'servers',
  },
  operation: {
    tags: 'prose',
    parameters: 'parameters',
    requestBody: 'requestBody',
    responses: 'responses',
    callbacks: 'objects',
    servers: 'servers',
  },
  parameter: { schema: 'schema', content: 'content' },
  header: { schema: 'schema', content: 'content' },
  requestBody: { content: 'content' },
  response: { headers: 'headers', content: 'content', links: 'objects' },
  mediaType: { schema: 'schema', encoding: 'objects' },
  object: { scopes: 'scopes', flows: 'objects', variables: 'objects' },
  schema: {
    properties: 'schemas',
    $defs: 'schemas',
    patternProperties: 'strictSchemas',
    dependentSchemas: 'strictSchemas',
    ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((name) => [name, 'strictSchemas'])),
    ...Object.fromEntries(['items', 'contains', 'additionalProperties', 'unevaluatedProperties'].map(schema)),
    ...Object.fromEntries(['not', 'if', 'then', 'else', 'propertyNames', 'unevaluatedItems'].map(schema)),
  },
} satisfies Record<string, Record<string, string>>;

/** Maps and lists: every entry, whatever its name, is of one type. */
const collections = {
  paths: 'pathItem',
  responses: 'response',
  parameters: 'parameter',
  requestBodies: 'requestBody',
  headers: 'header',
  content: 'mediaType',
  schemas: 'schema',
  strictSchemas: 'schema',
  servers: 'object',
  objects: 'object',
  scopes: 'prose',
} as const;

function operation(method: string): [string, string] {
  return [method, 'operation'];
}

function schema(keyword: string): [string, string] {
  return [keyword, 'schema'];
}

export function isCollection(type: NodeType): type is keyof typeof collections {
  return type in collections;
}

export function isProse(type: NodeType, name: string): boolean {
  return memberType(type, name) === 'prose';
}

/**
 * The type of a node's member, or of an entry of a list or map. Extensions and security are `strict`: nothing in them
 * can change without meaning something else.
 */
export function memberType(type: NodeType, name: string): NodeType {
  if (type === 'prose' || type === 'strict') return type;
  if (isCollection(type)) return collections[type];
  if (prose.has(name)) return 'prose';
  if (name === 'security' || name.startsWith('x-')) return 'strict';
  // The tables above name nothing but types.
  const known = (members[type] as Readonly<Record<string, NodeType>>)[name];
  return known ?? (type === 'schema' ? 'strict' : 'object');
}

/** A node and where it stands. */
export interface DocumentNode {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly type: NodeType;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Every object of the document but those that are prose or strict. */
export function* documentNodes(value: unknown, type: NodeType = 'document', pointer = ''): Generator<DocumentNode> {
  if (type === 'prose' || type === 'strict') return;
  if (isRecord(value)) yield { pointer, type, value };
  for (const [name, member] of entries(value)) {
    const next = Array.isArray(value) && !isCollection(type) ? type : memberType(type, name);
    yield* documentNodes(member, next, `${pointer}/${escapePointer(name)}`);
  }
}

export function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One reference token (RFC 6901 §3). */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What {@link escapePointer} made of it. */
export function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
