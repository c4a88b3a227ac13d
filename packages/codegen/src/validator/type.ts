import { literal } from './code.ts';
import type { JsonType } from './schema-set.ts';
import { add, type Scope } from './scope.ts';
import { jsonTypes } from './union.ts';

const tests: Readonly<Record<JsonType | 'integer', string>> = {
  string: 'typeof value === "string"',
  number: 'Number.isFinite(value)',
  integer: 'Number.isInteger(value)',
  boolean: 'typeof value === "boolean"',
  null: 'value === null',
  array: 'Array.isArray(value)',
  object: 'isObject(value)',
};

/** An expression that is true for values of one of the types. */
export function typeTest(types: readonly (JsonType | 'integer')[]): string {
  return types.map((type) => tests[type]).join(' || ');
}

/** The types that `type` names (JSON Schema Validation §6.1.1); null if it is not there. An integer is a number, too. */
export function namedTypes({ node: { keywords } }: Scope): readonly (JsonType | 'integer')[] | null {
  if (!Object.hasOwn(keywords, 'type')) return null;
  const names: unknown[] = [keywords['type']].flat();
  const types = jsonTypes.filter((type) => names.includes(type));
  return names.includes('integer') && !types.includes('number') ? [...types, 'integer'] : types;
}

export function typeViolation({ node: { keywords } }: Scope): string {
  const type = keywords['type'];
  return add('type', { type }, `must be ${Array.isArray(type) ? type.join() : String(type)}`);
}

/** A number's keywords apply to integers. */
export function groupOf(type: JsonType | 'integer'): JsonType {
  return type === 'integer' ? 'number' : type;
}

/** An expression that is true for values that a group of keywords is about. */
export function appliesTo(type: JsonType): string {
  return type === 'number' ? `typeof value === ${literal('number')}` : tests[type];
}
