import { isObject } from '../document/reader.ts';
import { schemaKeywords, schemaListKeywords, schemaMapKeywords } from '../schema/keywords.ts';
import type { RegisteredSchema } from '../schema/registry.ts';

export type Keywords = Readonly<Record<string, unknown>>;

/** A schema object that gets functions of its own. */
export interface SchemaNode {
  /** Ends the names of its functions. */
  readonly name: string;
  /** JSON Pointer in the document. */
  readonly pointer: string;
  readonly keywords: Keywords;
}

/** A boolean stands for a schema that takes everything or nothing. */
export type Target = SchemaNode | boolean;

/** The types of JSON values; an integer is a number here. */
export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** Normalized schemas, with a name and a place for each that is below one of them. */
export class SchemaSet {
  /** The types that schemas may take, as far as they were asked for. */
  readonly types = new Map<SchemaNode, readonly JsonType[]>();
  readonly #components = new Map<unknown, RegisteredSchema>();
  readonly #nodes = new Map<unknown, SchemaNode>();
  readonly #names = new Set<string>();

  constructor(components: readonly RegisteredSchema[]) {
    for (const component of components) this.#components.set(component.key, component);
  }

  /** What a whole schema is compiled to; adds it if it is not a component. */
  root({ name, place, schema }: RegisteredSchema): Target {
    if (!this.#nodes.has(schema)) this.#add(schema, name, place.pointer);
    return this.target(schema);
  }

  /** A schema that stands somewhere below a root. A mere reference is its target. */
  target(schema: unknown): Target {
    if (typeof schema === 'boolean') return schema;
    const node = this.#nodes.get(schema);
    // Every schema below a root was added with it.
    if (node === undefined) throw new Error(`not a schema of the document: ${JSON.stringify(schema)}`);
    const keywords = Object.keys(node.keywords);
    if (keywords.length === 0) return true;
    return keywords.length === 1 && keywords[0] === '$ref' ? this.reference(node.keywords['$ref']) : node;
  }

  /** @param key what normalization makes of the `$ref` to a component */
  reference(key: unknown): Target {
    const component = this.#components.get(key);
    if (component === undefined) throw new Error(`no such component: ${String(key)}`);
    return this.root(component);
  }

  #add(schema: unknown, name: string, pointer: string): void {
    if (!isObject(schema)) return;
    this.#nodes.set(schema, { name: this.#uniqueName(name), pointer, keywords: schema });
    for (const [keyword, value] of Object.entries(schema)) {
      for (const { tokens, part } of parts(keyword, value)) {
        const path = tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`);
        this.#add(part, [name, ...tokens.filter((token) => token !== 'properties')].join('_'), pointer + path.join(''));
      }
    }
  }

  #uniqueName(wish: string): string {
    const identifier = wish.replace(/\W+/g, '_');
    let name = identifier;
    for (let count = 2; this.#names.has(name); count += 1) name = `${identifier}_${count}`;
    this.#names.add(name);
    return name;
  }
}

interface Part {
  readonly tokens: readonly string[];
  readonly part: unknown;
}

function parts(keyword: string, value: unknown): readonly Part[] {
  if (schemaKeywords.includes(keyword)) return [{ tokens: [keyword], part: value }];
  if (schemaListKeywords.includes(keyword) && Array.isArray(value))
    return value.map((part: unknown, index) => ({ tokens: [keyword, String(index)], part }));
  if (!schemaMapKeywords.includes(keyword) || !isObject(value)) return [];
  return Object.entries(value).map(([name, part]) => ({ tokens: [keyword, name], part }));
}

/** The schemas of a keyword that holds a list. */
export function listOf(set: SchemaSet, { keywords }: SchemaNode, keyword: string): readonly Target[] {
  const value = keywords[keyword];
  return Array.isArray(value) ? value.map((schema: unknown) => set.target(schema)) : [];
}

/** The schemas of a keyword that holds them by name. */
export function mapOf(
  set: SchemaSet,
  { keywords }: SchemaNode,
  keyword: string,
): readonly (readonly [string, Target])[] {
  const value = keywords[keyword];
  return isObject(value) ? Object.entries(value).map(([name, schema]) => [name, set.target(schema)]) : [];
}

/** The schema of a keyword that holds one. */
export function schemaOf(set: SchemaSet, { keywords }: SchemaNode, keyword: string): Target | undefined {
  return Object.hasOwn(keywords, keyword) ? set.target(keywords[keyword]) : undefined;
}

/** The schemas that always apply to the same value. */
export function conjuncts(set: SchemaSet, node: SchemaNode): readonly Target[] {
  const reference = Object.hasOwn(node.keywords, '$ref') ? [set.reference(node.keywords['$ref'])] : [];
  return [...reference, ...listOf(set, node, 'allOf')];
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
