import { formats, numberFormats } from '@contract-first/core';
import { type DocumentReader, isObject, type Member } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { jsonTypes } from './json-types.ts';
import {
  annotationKeywords,
  assertionKeywords,
  inPlaceKeywords,
  keywordsByType,
  refusedKeywords,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from './keywords.ts';
import { refusedPattern } from './pattern.ts';

/** Keywords that change the type and that openapi-typescript ignores beside `$ref`. */
const shapeKeywords = [
  ...['type', 'const', 'enum', 'required', 'properties', 'additionalProperties', 'patternProperties'],
  ...['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf'],
];

/** Who sends what the schema describes. Nobody fills in a default that a client leaves out. */
export type Direction = 'request' | 'response';

/** Refuses what cannot be validated, or is not what the types say, in a schema and in all that it refers to. */
export class SchemaCheck {
  readonly #reader: DocumentReader;
  readonly #visited = new Set<string>();

  constructor(reader: DocumentReader) {
    this.#reader = reader;
  }

  /** @param inherited the types that the schema around this one allows for the same value */
  check(place: Place, direction: Direction, inherited: readonly unknown[] = []): void {
    const key = `${direction} ${place.pointer}`;
    if (this.#visited.has(key) || typeof place.value === 'boolean') return;
    this.#visited.add(key);
    if (!isObject(place.value)) {
      this.#reader.refuse(place, 'the schema is neither an object nor a boolean; correct it');
      return;
    }
    for (const keyword of this.#reader.members(place)) this.#checkKeyword(place, keyword, direction);
    const own = this.#types(place);
    const types = own.length > 0 ? own : inherited;
    this.#checkTypes(place, types);
    for (const subschema of subschemas(this.#reader, place)) {
      this.check(subschema, direction, subschema.inPlace ? types : []);
    }
  }

  #checkKeyword(schema: Place, keyword: Member, direction: Direction): void {
    const reason = this.#refusedKeyword(schema, keyword, direction);
    if (reason !== undefined) this.#reader.refuse(keyword, reason);
    if (keyword.key === '$ref') {
      const target = this.#reader.reference(schema, 'schemas');
      if (target !== undefined) this.check(target, direction);
    }
    if (keyword.key === 'patternProperties') {
      for (const member of this.#reader.members(keyword)) this.#refusePattern(member, member.key);
    }
  }

  #refusedKeyword(schema: Place, { key, value, pointer }: Member, direction: Direction): string | undefined {
    if (Object.hasOwn(refusedKeywords, key)) return `${key} is not enforced; ${refusedKeywords[key]}`;
    if (key === 'default') {
      return direction === 'request' ? 'no default is filled in; remove it and say it in the description' : undefined;
    }
    if (!isKnown(key)) return `the schema keyword ${key} is unknown; correct its name or remove it`;
    if (key === 'pattern') this.#refusePattern({ pointer }, value);
    if (key === 'format') return this.#refusedFormat(schema, value);
    if (this.#isShapeBesideReference(schema, key)) {
      return `${key} beside $ref is missing in the types; put both into allOf`;
    }
    return undefined;
  }

  #isShapeBesideReference(schema: Place, keyword: string): boolean {
    return shapeKeywords.includes(keyword) && this.#reader.member(schema, '$ref') !== undefined;
  }

  #refusePattern(at: { readonly pointer: string }, pattern: unknown): void {
    const reason = refusedPattern(pattern);
    if (reason !== undefined) this.#reader.refuse(at, reason);
  }

  #refusedFormat(schema: Place, format: unknown): string | undefined {
    const name = String(format);
    const types = this.#types(schema);
    if (Object.hasOwn(formats, name)) {
      return types.includes('string') ? undefined : `the format ${name} needs the type string; add it`;
    }
    if (Object.hasOwn(numberFormats, name)) {
      const isNumber = types.includes('integer') || types.includes('number');
      return isNumber ? undefined : `the format ${name} needs the type integer or number; correct the type`;
    }
    const known = [...Object.keys(formats), ...Object.keys(numberFormats)].sort().join(', ');
    return `the format ${name} is unknown; use a pattern or one of ${known}`;
  }

  #checkTypes(schema: Place, types: readonly unknown[]): void {
    for (const [type, keywords] of Object.entries(keywordsByType)) {
      if (types.includes(type) || (type === 'number' && types.includes('integer'))) continue;
      for (const keyword of keywords) {
        const at = this.#reader.member(schema, keyword);
        if (at === undefined || this.#isShapeBesideReference(schema, keyword)) continue;
        this.#reader.refuse(at, untyped(keyword, type, types));
        // The type that is missing is missing once.
        if (types.length === 0) return;
      }
    }
    if (types.length > 0) this.#checkValues(schema, types);
    this.#checkRequired(schema);
  }

  #checkValues(schema: Place, types: readonly unknown[]): void {
    const constant = this.#reader.member(schema, 'const');
    const values = [...this.#reader.items(this.#reader.member(schema, 'enum')), ...(constant ? [constant] : [])];
    const type = this.#reader.member(schema, 'type');
    if (
      type !== undefined &&
      types.includes('null') &&
      values.length > 0 &&
      values.every(({ value }) => value !== null)
    ) {
      this.#reader.refuse(
        type,
        'the type allows null but the values do not, so it is never null; add null to the values or take it off the type',
      );
    }
    for (const place of values) {
      if (!jsonTypes(place.value).some((type) => types.includes(type))) {
        this.#reader.refuse(
          place,
          `the value is not of type ${types.join(', ')}, so it never validates; correct the type or the value`,
        );
      }
    }
  }

  #checkRequired(schema: Place): void {
    const properties = this.#reader.member(schema, 'properties');
    if (this.#reader.member(schema, 'additionalProperties')?.value !== false) return;
    if (this.#reader.member(schema, 'patternProperties') !== undefined) return;
    for (const item of this.#reader.items(this.#reader.member(schema, 'required'))) {
      if (properties === undefined || this.#reader.member(properties, String(item.value)) === undefined) {
        this.#reader.refuse(item, `${String(item.value)} is required but not allowed; add it to properties`);
      }
    }
  }

  #types(schema: Place): readonly unknown[] {
    const type = this.#reader.member(schema, 'type')?.value;
    return Array.isArray(type) ? type : type === undefined ? [] : [type];
  }
}

function isKnown(keyword: string): boolean {
  const known = [assertionKeywords, annotationKeywords, schemaKeywords, schemaListKeywords, schemaMapKeywords];
  return keyword.startsWith('x-') || known.some((list) => list.includes(keyword));
}

function untyped(keyword: string, type: string, types: readonly unknown[]): string {
  return types.length === 0
    ? `${keyword} needs the type ${type}; add it`
    : `${keyword} never applies to ${types.join(', ')}; correct the type or remove it`;
}

/** A schema below another one. */
export interface Subschema extends Place {
  /** Whether it applies to the same value. */
  readonly inPlace: boolean;
}

/** The schemas directly below a schema, but for what it refers to. */
export function subschemas(reader: DocumentReader, schema: Place): readonly Subschema[] {
  if (!isObject(schema.value)) return [];
  return reader.members(schema).flatMap((keyword) => {
    const inPlace = inPlaceKeywords.includes(keyword.key);
    return below(reader, keyword).map((place) => ({ ...place, inPlace }));
  });
}

function below(reader: DocumentReader, keyword: Member): readonly Place[] {
  if (schemaKeywords.includes(keyword.key)) return [keyword];
  if (schemaListKeywords.includes(keyword.key)) return reader.items(keyword);
  return schemaMapKeywords.includes(keyword.key) ? reader.members(keyword) : [];
}
