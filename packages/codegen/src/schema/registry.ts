import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { ValidatorName } from '../plan.ts';
import type { Direction } from './check.ts';
import { normalizeSchema, schemaKey } from './normalize.ts';
import { OpenSchemas } from './open-schemas.ts';

/** A schema that a validator is made of. */
export interface RegisteredSchema {
  /** Export name of the validator. */
  readonly name: string;
  /** What normalization makes of a `$ref` to the schema. */
  readonly key: string;
  readonly schema: unknown;
  /** Where it stands first. */
  readonly place: Place;
}

/** Where a schema is in use. */
export interface SchemaUsage {
  readonly schema: Place;
  /** The parameter, header or media type that has the schema and perhaps examples. */
  readonly holder: Place;
  readonly direction: Direction;
}

/** Collects the schemas that validators are made of. Equal schemas share one. */
export class SchemaRegistry {
  /** Every schema below `components.schemas`, whether or not it is in use. */
  readonly components: readonly RegisteredSchema[];
  readonly usages: SchemaUsage[] = [];
  readonly #used = new Map<string, RegisteredSchema>();
  readonly #byText = new Map<string, RegisteredSchema>();
  readonly #names = new Set<string>();
  readonly #open: OpenSchemas;

  constructor(reader: DocumentReader) {
    const components = reader.member(reader.root, 'components');
    const schemas = components && reader.member(components, 'schemas');
    this.components = reader.members(schemas).map((place) => ({
      name: this.#uniqueName(place.key),
      key: schemaKey(place.key),
      schema: normalizeSchema(place.value),
      place,
    }));
    for (const component of this.components) this.#byText.set(JSON.stringify({ $ref: component.key }), component);
    this.#open = new OpenSchemas(this.components);
  }

  /** Every schema that a reference leads to. */
  get targets(): readonly RegisteredSchema[] {
    return [...this.components, ...this.#open.components];
  }

  /** The schemas in use, in the order in which they were added. */
  get used(): readonly RegisteredSchema[] {
    return [...this.#used.values()];
  }

  /**
   * @param hint words that name the schema if it is not a reference to a component
   */
  add(usage: SchemaUsage, hint: readonly string[]): ValidatorName {
    this.usages.push(usage);
    return this.#use(this.#registered(usage.schema, hint));
  }

  /**
   * The validator of a receiver, see {@link OpenSchemas}.
   *
   * @param hint as for {@link add}
   */
  addOpen(place: Place, hint: readonly string[]): ValidatorName {
    return this.#use(this.#open.open(this.#registered(place, hint), (wish) => this.#uniqueName(wish)));
  }

  #use(registered: RegisteredSchema): ValidatorName {
    this.#used.set(registered.key, registered);
    return new ValidatorName(registered.name);
  }

  #registered(place: Place, hint: readonly string[]): RegisteredSchema {
    const schema = normalizeSchema(place.value);
    const text = JSON.stringify(schema);
    const registered = this.#byText.get(text) ?? this.#register(place, schema, hint);
    this.#byText.set(text, registered);
    return registered;
  }

  #register(place: Place, schema: unknown, hint: readonly string[]): RegisteredSchema {
    const name = this.#uniqueName(hint.join('_'));
    return { name, key: `inline:/${name}`, schema, place };
  }

  #uniqueName(wish: string): string {
    const identifier = wish.replace(/\W+/g, '_').replace(/^(?=\d)/, '_');
    let name = identifier;
    for (let count = 2; this.#names.has(name); count += 1) name = `${identifier}_${count}`;
    this.#names.add(name);
    return name;
  }
}
