import { getEntries, NEVER, NULL, oapiRef, tsLiteral } from 'openapi-typescript';
import ts from 'typescript';
import { isObject } from '../document/reader.ts';
import { jsonTypes } from '../schema/json-types.ts';
import { objectKeywords, objectType } from './object-type.ts';
import { UNKNOWN, union } from './union-type.ts';

/** What the types of one document have in common. */
export interface TypeScope {
  /** The schema of a component, by its reference. */
  resolve(reference: string): unknown;
  /** The alias that holds the type of a component, for those whose type an interface cannot hold. */
  alias(reference: string): string | undefined;
}

/** A part of an intersection. */
interface Part {
  readonly type: ts.TypeNode;
  /** Whether it takes objects only. */
  readonly objects: boolean;
  /** Whether it says nothing but that the value is an object. */
  readonly bare: boolean;
}

const compositions = ['allOf', 'anyOf', 'oneOf'] as const;
const shapes = [...objectKeywords, 'items', 'prefixItems'];

/**
 * The type of the values that a schema takes, as far as a type can say it. It never refuses a value that the schema
 * takes, but for members that an open object does not name: those pass where the value is not a fresh literal.
 *
 * @param inherited the types that the schema around this one allows for the same value
 */
export function schemaType(scope: TypeScope, schema: unknown, inherited?: readonly unknown[]): ts.TypeNode {
  if (!isObject(schema)) return schema === false ? NEVER : UNKNOWN;
  if (typeof schema['$ref'] === 'string') return referenceType(scope, schema['$ref']);
  const types = typesOf(schema) ?? inherited;
  const parts = [
    ...ownPart(scope, schema, types),
    ...list(schema['allOf']).map((branch) => part(scope, branch, types)),
    ...unionPart(scope, list(schema['anyOf']), types),
    ...unionPart(scope, list(schema['oneOf']), types),
  ];
  return intersection(parts);
}

/** The types that `type` names, undefined if it is not there. */
function typesOf(schema: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const type = schema['type'];
  return type === undefined || Array.isArray(type) ? type : [type];
}

function referenceType(scope: TypeScope, reference: string): ts.TypeNode {
  const alias = scope.alias(reference);
  return alias === undefined ? oapiRef(reference) : ts.factory.createTypeReferenceNode(alias);
}

function part(scope: TypeScope, schema: unknown, types: readonly unknown[] | undefined): Part {
  return {
    type: schemaType(scope, schema, types),
    objects: takesObjectsOnly(scope, schema, types),
    bare: isObject(schema) && isBare(schema, typesOf(schema) ?? types),
  };
}

function isBare(schema: Readonly<Record<string, unknown>>, types: readonly unknown[] | undefined): boolean {
  const says = [...shapes, ...compositions, '$ref', 'const', 'enum'];
  return types?.join() === 'object' && !says.some((keyword) => keyword in schema);
}

/** What the keywords say that are not compositions. */
function ownPart(
  scope: TypeScope,
  schema: Readonly<Record<string, unknown>>,
  types: readonly unknown[] | undefined,
): readonly Part[] {
  const objects = types?.join() === 'object';
  const values = valuesOf(schema, types);
  if (values !== undefined) return [{ type: union(values.map(literalType)), objects, bare: false }];
  const hasShape = shapes.some((keyword) => keyword in schema);
  // What only repeats the types of the schema around it says nothing.
  if (types === undefined || (schema['type'] === undefined && !hasShape)) return [];
  const type = union(types.map((name) => typeOfOne(scope, schema, name)));
  return [{ type, objects, bare: objects && !hasShape }];
}

function unionPart(scope: TypeScope, branches: readonly unknown[], types: readonly unknown[] | undefined): Part[] {
  if (branches.length === 0) return [];
  const parts = branches.map((branch) => part(scope, branch, types));
  return [{ type: union(parts.map(({ type }) => type)), objects: parts.every(({ objects }) => objects), bare: false }];
}

/** Leaves out what another part says already. */
function intersection(parts: readonly Part[]): ts.TypeNode {
  const told = parts.filter(({ type }) => type !== UNKNOWN);
  const hasObject = told.some(({ objects, bare }) => objects && !bare);
  const needed = told.filter(
    ({ bare }, index) => !bare || (!hasObject && told.findIndex((other) => other.bare) === index),
  );
  const [first, ...rest] = needed.map(({ type }) => type);
  if (first === undefined) return UNKNOWN;
  return rest.length === 0 ? first : ts.factory.createIntersectionTypeNode([first, ...rest]);
}

/** The values of `const` and `enum` that the types let through; undefined if there is neither. */
function valuesOf(
  schema: Readonly<Record<string, unknown>>,
  types: readonly unknown[] | undefined,
): readonly unknown[] | undefined {
  const constants = 'const' in schema ? [schema['const']] : undefined;
  const listed = Array.isArray(schema['enum']) ? schema['enum'] : undefined;
  const values = constants ?? listed;
  if (values === undefined) return undefined;
  const both = constants && listed ? values.filter((value) => listed.some((other) => isEqual(value, other))) : values;
  return both.filter((value) => types === undefined || jsonTypes(value).some((type) => types.includes(type)));
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function literalType(value: unknown): ts.TypeNode {
  if (Array.isArray(value)) return ts.factory.createTupleTypeNode(value.map(literalType));
  if (!isObject(value)) return tsLiteral(value);
  return objectType({
    members: Object.entries(value).map(([name, member]) => ({ name, type: literalType(member), isOptional: false })),
  });
}

function typeOfOne(scope: TypeScope, schema: Readonly<Record<string, unknown>>, name: unknown): ts.TypeNode {
  if (name === 'null') return NULL;
  if (name === 'array') return arrayType(scope, schema);
  if (name === 'object') return objectSchemaType(scope, schema);
  const kinds = {
    string: ts.SyntaxKind.StringKeyword,
    boolean: ts.SyntaxKind.BooleanKeyword,
    number: ts.SyntaxKind.NumberKeyword,
  } as const;
  return ts.factory.createKeywordTypeNode(kinds[name === 'string' || name === 'boolean' ? name : 'number']);
}

function arrayType(scope: TypeScope, schema: Readonly<Record<string, unknown>>): ts.TypeNode {
  const prefix = list(schema['prefixItems']);
  const rest = schemaType(scope, schema['items']);
  if (prefix.length === 0) return ts.factory.createArrayTypeNode(rest);
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const items = prefix.slice(0, Number(maxItems)).map((item, index) => {
    const type = schemaType(scope, item);
    return index < Number(minItems) ? type : ts.factory.createOptionalTypeNode(type);
  });
  const isClosed = schema['items'] === false || Number(maxItems) <= prefix.length;
  const more = isClosed ? [] : [ts.factory.createRestTypeNode(ts.factory.createArrayTypeNode(rest))];
  return ts.factory.createTupleTypeNode([...items, ...more]);
}

function objectSchemaType(scope: TypeScope, schema: Readonly<Record<string, unknown>>): ts.TypeNode {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const patterns = Object.entries(isObject(schema['patternProperties']) ? schema['patternProperties'] : {});
  const required = list(schema['required']).map(String);
  const additional = schema['additionalProperties'];
  const names = Object.fromEntries([...required, ...Object.keys(properties)].map((name) => [name, properties[name]]));
  const members = getEntries(names, { alphabetize: true }).map(([name]) => {
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, value]) => value);
    const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
    const schemas = own.length + matching.length > 0 ? [...own, ...matching] : [additional];
    const type = intersection(schemas.map((value) => part(scope, value, undefined)));
    return { name, type, isOptional: !required.includes(name), comment: own[0] };
  });
  return objectType({ members, ...indexOf(scope, schema, patterns) });
}

/** What members may be that have no name in the schema. Open objects without a word about them stay as they are. */
function indexOf(
  scope: TypeScope,
  schema: Readonly<Record<string, unknown>>,
  patterns: readonly (readonly [string, unknown])[],
): { index?: ts.TypeNode; isClosed?: boolean } {
  const additional = schema['additionalProperties'];
  const others = patterns.map(([, value]) => schemaType(scope, value));
  if (additional === false) return others.length > 0 ? { index: union(others) } : { isClosed: true };
  if (additional !== undefined) return { index: union([...others, schemaType(scope, additional)]) };
  if (schema['unevaluatedProperties'] === false) return patterns.length > 0 ? { index: UNKNOWN } : {};
  const opening = ['patternProperties', 'unevaluatedProperties', 'dependentSchemas', 'then', 'else'];
  return opening.some((keyword) => keyword in schema) ? { index: UNKNOWN } : {};
}

function takesObjectsOnly(scope: TypeScope, schema: unknown, inherited?: readonly unknown[]): boolean {
  if (!isObject(schema)) return false;
  if (typeof schema['$ref'] === 'string') return takesObjectsOnly(scope, scope.resolve(schema['$ref']));
  const types = typesOf(schema) ?? inherited;
  if (types !== undefined) return types.join() === 'object';
  const unions = [list(schema['anyOf']), list(schema['oneOf'])].filter((branches) => branches.length > 0);
  return (
    list(schema['allOf']).some((branch) => takesObjectsOnly(scope, branch)) ||
    unions.some((branches) => branches.every((branch) => takesObjectsOnly(scope, branch)))
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
