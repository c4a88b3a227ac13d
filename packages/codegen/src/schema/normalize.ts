import { isObject } from '../document/reader.ts';
import { assertionKeywords, schemaKeywords, schemaListKeywords, schemaMapKeywords } from './keywords.ts';

/** The key, a URI, under which a component's schema is known to Ajv; `.` and `..` would be dot segments (RFC 3986 §3.3). */
export const schemaKey = (name: string): string => `schema:/${/^\.\.?$/.test(name) ? '~' : ''}${name}`;

/**
 * What validation needs of a schema: without annotations, so that prose never changes a validator; with sorted
 * keywords, so that equal schemas are equal text; and with references to {@link schemaKey keys}.
 */
export function normalizeSchema(schema: unknown): unknown {
  return normalized(schema, true);
}

/** The same without references, so that a schema can be looked at by itself. */
export function normalizeWithoutReferences(schema: unknown): unknown {
  return normalized(schema, false);
}

function normalized(schema: unknown, hasReferences: boolean): unknown {
  if (!isObject(schema)) return schema;
  const members = Object.keys(schema)
    .sort()
    .filter((keyword) => validates(keyword) && (hasReferences || keyword !== '$ref'))
    .map((keyword): [string, unknown] => [keyword, normalizedKeyword(keyword, schema[keyword], hasReferences)]);
  return Object.fromEntries(members);
}

function validates(keyword: string): boolean {
  return [...assertionKeywords, ...schemaKeywords, ...schemaListKeywords, ...schemaMapKeywords].includes(keyword);
}

function normalizedKeyword(keyword: string, value: unknown, hasReferences: boolean): unknown {
  const part = (schema: unknown): unknown => normalized(schema, hasReferences);
  if (keyword === '$ref' && typeof value === 'string') return schemaKey(value.slice(value.lastIndexOf('/') + 1));
  if (schemaKeywords.includes(keyword)) return part(value);
  if (schemaListKeywords.includes(keyword) && Array.isArray(value)) return value.map(part);
  if (schemaMapKeywords.includes(keyword) && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, part(schema)]));
  }
  return value;
}
