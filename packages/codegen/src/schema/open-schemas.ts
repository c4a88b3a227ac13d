import { isObject } from '../document/reader.ts';
import { schemaKeywords, schemaListKeywords, schemaMapKeywords } from './keywords.ts';
import type { RegisteredSchema } from './registry.ts';

/**
 * The schemas of replies as a receiver reads them: members that it does not know pass at every depth, because a service
 * may have learned them since the receiver was made. What is missing or wrong does not pass.
 *
 * `additionalProperties: false` and `unevaluatedProperties: false` go. Once the branches of a `oneOf` are open, more than
 * one of them may take a value that only one of them described, so that it becomes an `anyOf`. What stands under `not`
 * and `if` stays as it is: open, it would refuse more, or choose another branch. An upper bound on how many items are
 * like a schema (`maxContains`) goes where the schema has become open.
 */
export class OpenSchemas {
  readonly #components: ReadonlyMap<unknown, RegisteredSchema>;
  readonly #closed: ReadonlySet<unknown>;
  readonly #opened = new Map<string, RegisteredSchema>();

  /** @param components normalized; all that references lead to */
  constructor(components: readonly RegisteredSchema[]) {
    this.#components = new Map(components.map((component) => [component.key, component]));
    this.#closed = closedComponents(components);
  }

  /** The open schemas of components, as far as something leads to them. */
  get components(): readonly RegisteredSchema[] {
    return [...this.#opened.values()];
  }

  /**
   * @param nameFor gives a validator a name that is still free
   * @returns the schema itself if nothing in it is closed
   */
  open(registered: RegisteredSchema, nameFor: (wish: string) => string): RegisteredSchema {
    if (!this.#isClosed(registered.schema)) return registered;
    const key = openKey(registered.key);
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const place = registered.place;
    const opened = { name: nameFor(`${registered.name}_open`), key, place, schema: this.#open(registered.schema) };
    this.#opened.set(key, opened);
    for (const reference of references(opened.schema)) {
      const component = this.#components.get(reference.slice(0, -SUFFIX.length));
      if (reference.endsWith(SUFFIX) && component !== undefined) this.open(component, nameFor);
    }
    return opened;
  }

  #isClosed(schema: unknown): boolean {
    return isClosedItself(schema) || references(schema).some((key) => this.#closed.has(key));
  }

  #open(schema: unknown): unknown {
    if (!isObject(schema) || !this.#isClosed(schema)) return schema;
    const { oneOf, ...rest } = schema;
    const branches = Array.isArray(oneOf) && oneOf.some((branch) => this.#isClosed(branch)) ? oneOf : null;
    if (branches === null) return this.#openMembers(schema);
    const union = { anyOf: branches.map((branch: unknown) => this.#open(branch)) };
    const others = this.#openMembers(rest);
    if (!Object.hasOwn(others, 'anyOf')) return { ...others, ...union };
    const allOf = Array.isArray(others['allOf']) ? others['allOf'] : [];
    return { ...others, allOf: [...allOf, union] };
  }

  #openMembers(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const isCounted = !this.#isClosed(schema['contains']);
    const members = Object.entries(schema)
      .filter(([keyword, value]) => !isClosing(keyword, value) && (isCounted || keyword !== 'maxContains'))
      .map(([keyword, value]): [string, unknown] => [keyword, this.#openKeyword(keyword, value)]);
    return Object.fromEntries(members);
  }

  #openKeyword(keyword: string, value: unknown): unknown {
    if (keyword === '$ref') return this.#closed.has(value) ? openKey(String(value)) : value;
    if (unopened.includes(keyword)) return value;
    if (schemaKeywords.includes(keyword)) return this.#open(value);
    if (schemaListKeywords.includes(keyword) && Array.isArray(value)) return value.map((part) => this.#open(part));
    if (!schemaMapKeywords.includes(keyword) || !isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.#open(part)]));
  }
}

const SUFFIX = '#open';
const openKey = (key: string): string => `${key}${SUFFIX}`;

/** Decide about other schemas, so that opening them would not make the whole take more. */
const unopened = ['if', 'not'];

function isClosing(keyword: string, value: unknown): boolean {
  return (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') && value === false;
}

/** The schemas directly below one, but those that stay as they are. */
function parts(schema: unknown): readonly unknown[] {
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (unopened.includes(keyword)) return [];
    if (schemaKeywords.includes(keyword)) return [value];
    if (schemaListKeywords.includes(keyword) && Array.isArray(value)) return value;
    return schemaMapKeywords.includes(keyword) && isObject(value) ? Object.values(value) : [];
  });
}

function isClosedItself(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  return (
    Object.entries(schema).some(([keyword, value]) => isClosing(keyword, value)) || parts(schema).some(isClosedItself)
  );
}

/** The keys of the components that a schema refers to, itself or in its parts. */
function references(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  const own = typeof schema['$ref'] === 'string' ? [schema['$ref']] : [];
  return [...own, ...parts(schema).flatMap(references)];
}

/** The keys of the components that are closed somewhere, or refer to one that is. */
function closedComponents(components: readonly RegisteredSchema[]): ReadonlySet<unknown> {
  const closed = new Set<unknown>(components.filter(({ schema }) => isClosedItself(schema)).map(({ key }) => key));
  for (let count = -1; count !== closed.size; ) {
    count = closed.size;
    for (const { key, schema } of components)
      if (references(schema).some((other) => closed.has(other))) closed.add(key);
  }
  return closed;
}
