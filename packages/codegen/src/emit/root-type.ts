import { type DocumentReader, isObject } from '../document/reader.ts';

/** An exported type of a component. */
export interface Alias {
  readonly name: string;
  /** JSON Pointer to the component. */
  readonly pointer: string;
  /** The member of `components` that holds its type. */
  readonly reference: string;
}

const prefixes = {
  schemas: '',
  responses: 'Response',
  parameters: 'Parameter',
  requestBodies: 'RequestBody',
  headers: 'Header',
} as const;

/** Names that the file declares or uses itself. */
const taken = ['Record'];

/** The exported types of all components, each with a name of its own. */
export function rootAliases(reader: DocumentReader): readonly Alias[] {
  const names = new Set<string>(taken);
  const components = reader.member(reader.root, 'components');
  return Object.entries(prefixes).flatMap(([section, prefix]) => {
    const members = reader.members(components && reader.member(components, section));
    const sorted = [...members].sort((a, b) => a.key.localeCompare(b.key, 'en-us', { numeric: true }));
    return sorted.map(({ key, pointer }) => ({
      name: unique(names, `${prefix}${pascalCase(key)}`.replace(/^(?![A-Za-z_])/, '_')),
      pointer,
      reference: `components['${section}']['${key}']`,
    }));
  });
}

function unique(names: Set<string>, wish: string): string {
  let name = wish;
  for (let count = 2; names.has(name); count += 1) name = `${wish}_${count}`;
  names.add(name);
  return name;
}

/** `user-id`, `user_id` and `userID` become `UserId`. */
function pascalCase(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return words.map((word, index) => capitalized(word, index)).join('');
}

/** Digits that follow another word keep their distance: `v1.2` is not `v12`. */
function capitalized(word: string, index: number): string {
  const separator = index > 0 && /^[0-9]/.test(word) ? '_' : '';
  return `${separator}${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

/** Keywords whose schemas TypeScript resolves at once where they stand in a member of an interface (TS2502). */
const eager = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'];

/** The aliases, by pointer, of components that contain themselves without an object between, such as lists of lists. */
export function recursiveAliases(reader: DocumentReader, aliases: readonly Alias[]): ReadonlyMap<string, Alias> {
  const schemas = aliases.filter(({ pointer }) => pointer.startsWith('/components/schemas/'));
  const direct = new Map(schemas.map(({ pointer }) => [pointer, references(reader.at(pointer)?.value)]));
  return new Map(schemas.filter(({ pointer }) => reaches(direct, pointer)).map((alias) => [alias.pointer, alias]));
}

function references(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  if (typeof schema['$ref'] === 'string') return [schema['$ref'].slice(1)];
  return eager.flatMap((keyword) => [schema[keyword]].flat().flatMap(references));
}

function reaches(direct: ReadonlyMap<string, readonly string[]>, start: string): boolean {
  const visited = new Set<string>();
  const open = [...(direct.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start) return true;
    if (!visited.has(next)) open.push(...(direct.get(next) ?? []));
    visited.add(next);
  }
  return false;
}
