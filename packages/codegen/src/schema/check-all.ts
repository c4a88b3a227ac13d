import type { Validator } from '@contract-first/core';
import type { Ajv2020, ErrorObject } from 'ajv/dist/2020.js';
import { type DocumentReader, isObject } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { createValidators } from '../validator/module.ts';
import { createAjv } from './ajv.ts';
import { SchemaCheck, subschemas } from './check.ts';
import { hasExamples, refuseWrongExamples } from './examples.ts';
import { normalizeSchema, normalizeWithoutReferences } from './normalize.ts';
import { refuseEndlessSchemas } from './recursion.ts';
import type { RegisteredSchema, SchemaRegistry } from './registry.ts';

/** Refuses schemas that cannot be enforced, and examples that their schemas refuse. */
export function checkSchemas(reader: DocumentReader, registry: SchemaRegistry): void {
  const before = reader.refusalCount;
  const check = new SchemaCheck(reader);
  for (const { schema, direction } of registry.usages) check.check(schema, direction);
  for (const { place } of registry.components) check.check(place, 'response');
  refuseEndlessSchemas(
    reader,
    registry.components.map(({ place }) => place),
  );
  const roots = [...registry.components.map(({ place }) => place), ...registry.usages.map(({ schema }) => schema)];
  const ajv = createAjv();
  for (const root of roots) refuseByMetaSchema(reader, ajv, root);
  const compiler = new ExampleCompiler(reader, ajv, registry.components, reader.refusalCount === before);
  for (const { schema, holder } of registry.usages) compiler.check(holder, schema);
  for (const root of roots) {
    compiler.check(root, root);
    compiler.checkWithin(root);
  }
}

function refuseByMetaSchema(reader: DocumentReader, ajv: Ajv2020, place: Place): void {
  const schema = normalizeSchema(place.value);
  if (typeof schema !== 'object' || schema === null || ajv.validateSchema(schema) === true) return;
  const places = new Map<string, ErrorObject>();
  for (const error of ajv.errors ?? []) if (!places.has(error.instancePath)) places.set(error.instancePath, error);
  for (const [path, { message }] of places) {
    if (reader.isRefused(`${place.pointer}${path}`)) continue;
    reader.refuse(
      { pointer: `${place.pointer}${path}` },
      `the schema is not JSON Schema 2020-12: ${path.split('/').at(-1)} ${message}; correct it`,
    );
  }
}

/** Compiles each schema with Ajv in its strict mode, which finds what contradicts itself, and tries the examples. */
class ExampleCompiler {
  readonly #reader: DocumentReader;
  readonly #ajv: Ajv2020;
  readonly #components: readonly RegisteredSchema[];
  readonly #reportsFailure: boolean;
  readonly #visited = new Set<string>();

  /** @param reportsFailure false if the schemas are refused already, so that they need not compile */
  constructor(reader: DocumentReader, ajv: Ajv2020, components: readonly RegisteredSchema[], reportsFailure: boolean) {
    this.#reader = reader;
    this.#ajv = ajv;
    this.#components = components;
    this.#reportsFailure = reportsFailure;
  }

  /** Tries the examples of a parameter, header, media type or component, whose schema has to compile by itself. */
  check(holder: Place, schema: Place): void {
    if (this.#visited.has(holder.pointer)) return;
    this.#visited.add(holder.pointer);
    const error = this.#strictError(schema);
    if (error !== undefined) this.#refuse(schema, error.message);
    else this.#tryExamples(holder, schema);
  }

  /** Tries the examples of the schemas within a schema. */
  checkWithin(schema: Place): void {
    for (const subschema of subschemas(this.#reader, schema)) {
      this.#tryExamples(subschema, subschema);
      this.checkWithin(subschema);
    }
  }

  #tryExamples(holder: Place, schema: Place): void {
    if (!hasExamples(this.#reader, holder)) return;
    const validate = this.#validator(schema);
    if (validate !== undefined) refuseWrongExamples(this.#reader, holder, validate);
  }

  /** The validator that the contract will have; undefined if the schema is refused, so that it need not compile. */
  #validator(place: Place): Validator | undefined {
    const registered = { name: 'example', key: 'inline:/example', schema: normalizeSchema(place.value), place };
    try {
      return createValidators(this.#components, [registered])['example'];
    } catch (error) {
      if (this.#reportsFailure || !(error instanceof Error)) throw error;
      return undefined;
    }
  }

  #strictError(place: Place): Error | undefined {
    const schema = normalizeWithoutReferences(place.value);
    if (typeof schema !== 'boolean' && !isObject(schema)) return undefined;
    try {
      this.#ajv.compile(schema);
      return undefined;
    } catch (error) {
      if (error instanceof Error) return error;
      throw error;
    }
  }

  /** Ajv names the place as `at "#/…"`. */
  #refuse(place: Place, message: string): void {
    if (!this.#reportsFailure) return;
    const [, path = ''] = /at (?:path )?"#?([^"]*)"/.exec(message) ?? [];
    const reason = message.replace(/^strict mode: /, '').replace(/ at (?:path )?"[^"]*"(?: \(\w+\))?/, '');
    this.#reader.refuse({ pointer: `${place.pointer}${path}` }, `the schema cannot be compiled: ${reason}; correct it`);
  }
}
