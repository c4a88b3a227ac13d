import { isObject, type JsonObject, type Path, type Site } from './contract-document.ts';

/** The places of a document that mutators look at. `$ref`s are not followed: what is shared is changed once. */
export interface Sites {
  readonly root: JsonObject;
  readonly schemas: readonly Site[];
  readonly parameters: readonly Site[];
  readonly headers: readonly Site[];
  readonly responses: readonly Site[];
  readonly requestBodies: readonly Site[];
  readonly mediaTypes: readonly Site[];
  readonly operations: readonly Site[];
}

export function sitesOf(root: JsonObject): Sites {
  const all = [...walk([], root)];
  const below = (section: string): Site[] =>
    all.filter(
      ({ path, value }) => path.length === 3 && path[0] === 'components' && path[1] === section && !('$ref' in value),
    );
  const inline = (holder: string): Site[] =>
    all.filter(({ path, value }) => path[0] === 'paths' && path.at(-2) === holder && !('$ref' in value));
  const schemaRoots = [...below('schemas'), ...all.filter(({ path }) => path.at(-1) === 'schema')];
  const responses = [...below('responses'), ...inline('responses')];
  return {
    root,
    schemas: schemaRoots.flatMap(withSubschemas),
    parameters: [...below('parameters'), ...inline('parameters')],
    headers: [...below('headers'), ...responses.flatMap((site) => members(site, 'headers')).filter(isInPlace)],
    responses,
    requestBodies: [...below('requestBodies'), ...all.filter(({ path }) => path.at(-1) === 'requestBody')].filter(
      isInPlace,
    ),
    mediaTypes: all.filter(({ path }) => path.at(-2) === 'content'),
    operations: all.filter(({ path, value }) => path.length === 3 && path[0] === 'paths' && 'responses' in value),
  };
}

function isInPlace({ value }: Site): boolean {
  return !('$ref' in value);
}

/** Members whose values are data of the API and no part of its description. */
const data = ['example', 'examples', 'value', 'const', 'default', 'enum'];

/** Every object of the document; schemas are not entered, for a property may have any name. */
function* walk(path: Path, value: unknown): Generator<Site> {
  if (isObject(value)) yield { path, value };
  const isSchema = path.at(-1) === 'schema' || (path.length === 3 && path[1] === 'schemas');
  if (isSchema || typeof value !== 'object' || value === null) return;
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, member] of entries) {
    if (typeof key === 'number' || !data.includes(key)) yield* walk([...path, key], member);
  }
}

/** The objects that a member holds, by name. */
export function members({ path, value }: Site, key: string): Site[] {
  const holder = value[key];
  if (!isObject(holder)) return [];
  return Object.entries(holder).flatMap(([name, member]) =>
    isObject(member) ? [{ path: [...path, key, name], value: member }] : [],
  );
}

function withSubschemas(schema: Site): Site[] {
  const items = schema.value['items'];
  const below = [
    ...members(schema, 'properties'),
    ...(isObject(items) ? [{ path: [...schema.path, 'items'], value: items }] : []),
  ];
  const own = '$ref' in schema.value ? [] : [schema];
  return [...own, ...below.flatMap(withSubschemas)];
}

/** The media types whose schema is, or refers to, the component schema that a place belongs to. */
export function mediaTypesWith({ mediaTypes, root }: Sites, place: Path): readonly Site[] {
  if (place[0] !== 'components' || place[1] !== 'schemas') return [];
  const target = `#/components/schemas/${String(place[2])}`;
  return mediaTypes.filter(({ value }) => references(root, value['schema'], new Set()).has(target));
}

function references(root: JsonObject, value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  const reference = isObject(value) ? value['$ref'] : undefined;
  if (typeof reference === 'string' && !found.has(reference)) {
    found.add(reference);
    references(root, resolve(root, reference), found);
  }
  for (const member of Object.values(value)) references(root, member, found);
  return found;
}

/** What a reference within the document leads to. */
export function resolve(root: JsonObject, reference: string): unknown {
  const keys = reference.slice(2).split('/');
  return keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
}
