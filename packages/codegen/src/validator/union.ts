import { isObject } from '../document/reader.ts';
import {
  conjuncts,
  type JsonType,
  listOf,
  type SchemaNode,
  type SchemaSet,
  strings,
  type Target,
} from './schema-set.ts';

export const jsonTypes: readonly JsonType[] = ['string', 'number', 'boolean', 'null', 'array', 'object'];

/** One branch of a union whose value says by itself which branch can take it. */
export interface Alternative {
  readonly target: Target;
  readonly types: readonly JsonType[];
  /** What the discriminating property has where the value is an object; null if this is the only branch for objects. */
  readonly tags: readonly string[] | null;
}

/** A union whose branches exclude each other by type, or by the values of a required property. */
export interface Discriminated {
  readonly property: string | null;
  readonly alternatives: readonly Alternative[];
}

/** How the value chooses the branch; null if more than one may have to be tried. */
export function discriminated(set: SchemaSet, branches: readonly Target[]): Discriminated | null {
  const possible = branches.filter((target) => target !== false);
  const typed = possible.map((target) => ({ target, types: typesOf(set, target) }));
  const objects = typed.filter(({ types }) => types.includes('object'));
  const others = typed.flatMap(({ types }) => types.filter((type) => type !== 'object'));
  if (new Set(others).size !== others.length) return null;
  if (objects.length <= 1) return { property: null, alternatives: typed.map((branch) => ({ ...branch, tags: null })) };
  const [first] = objects;
  const property = (first === undefined ? [] : requiredOf(set, first.target)).find((name) => tells(set, objects, name));
  if (property === undefined) return null;
  const tagsOfBranch = (target: Target): readonly string[] => tagsOf(set, target, property) ?? [];
  return {
    property,
    alternatives: typed.map(({ target, types }) => ({
      target,
      types,
      tags: types.includes('object') ? tagsOfBranch(target) : null,
    })),
  };
}

/** Whether all branches require the property and none of its values is in two of them. */
function tells(set: SchemaSet, branches: readonly { readonly target: Target }[], property: string): boolean {
  const tags = branches.map(({ target }) =>
    requiredOf(set, target).includes(property) ? tagsOf(set, target, property) : null,
  );
  const all = tags.flatMap((values) => values ?? []);
  return !tags.includes(null) && new Set(all).size === all.length;
}

/** The types that a schema may take, as far as `type`, `const`, `enum` and what it refers to say it. */
export function typesOf(set: SchemaSet, target: Target): readonly JsonType[] {
  if (typeof target === 'boolean') return target ? jsonTypes : [];
  const types = set.types.get(target) ?? possibleTypes(set, target);
  set.types.set(target, types);
  return types;
}

function possibleTypes(set: SchemaSet, target: SchemaNode): readonly JsonType[] {
  const { keywords } = target;
  const given: unknown[] = [keywords['type'] ?? jsonTypes].flat();
  const named = jsonTypes.filter((type) => given.includes(type) || (type === 'number' && given.includes('integer')));
  const values = valuesOf(target);
  const valued = values === null ? named : named.filter((type) => values.some((value) => typeOf(value) === type));
  const all = conjuncts(set, target).map((part) => typesOf(set, part));
  const choices = ['anyOf', 'oneOf']
    .map((keyword) => listOf(set, target, keyword))
    .filter((branches) => branches.length > 0)
    .map((branches) => branches.flatMap((branch) => typesOf(set, branch)));
  return [...all, ...choices].reduce((types, part) => types.filter((type) => part.includes(type)), valued);
}

export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return typeof value as 'string' | 'number' | 'boolean';
  }
  return 'object';
}

function requiredOf(set: SchemaSet, target: Target): readonly string[] {
  if (typeof target === 'boolean') return [];
  return [...strings(target.keywords['required']), ...conjuncts(set, target).flatMap((part) => requiredOf(set, part))];
}

/** The texts that a property is limited to; null if it is not limited to texts. */
function tagsOf(set: SchemaSet, target: Target, property: string): readonly string[] | null {
  if (typeof target === 'boolean') return null;
  const properties = target.keywords['properties'];
  const schema = isObject(properties) && Object.hasOwn(properties, property) ? properties[property] : true;
  const own = textsOf(set, set.target(schema));
  if (own !== null) return own;
  for (const part of conjuncts(set, target)) {
    const tags = tagsOf(set, part, property);
    if (tags !== null) return tags;
  }
  return null;
}

function textsOf(set: SchemaSet, target: Target): readonly string[] | null {
  if (typeof target === 'boolean') return null;
  const values = valuesOf(target);
  if (values?.every((value) => typeof value === 'string')) return [...new Set(values.map(String))];
  return conjuncts(set, target).reduce<readonly string[] | null>((found, part) => found ?? textsOf(set, part), null);
}

function valuesOf({ keywords }: SchemaNode): readonly unknown[] | null {
  if (Object.hasOwn(keywords, 'const')) return [keywords['const']];
  const values = keywords['enum'];
  return Array.isArray(values) ? values : null;
}
