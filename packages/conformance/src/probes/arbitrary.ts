import * as fc from 'fast-check';
import { childNode, type Node, type OpenApiDocument } from '../schema/document.ts';
import { applied, branches, items, members, type Schema, typesOf } from '../schema/schema.ts';
import { matches } from '../schema/schema-validator.ts';
import { formatArbitraries } from './format-arbitraries.ts';

export interface ArbitraryOptions {
  /** Values of formats, besides those of core. */
  readonly formats?: Readonly<Record<string, fc.Arbitrary<string>>>;
  /**
   * Whether values are made that the schema may refuse, because of keywords that are not looked at while they are made.
   * @default false
   */
  readonly isUnchecked?: boolean;
}

/** Nothing that is made of a schema's keywords is valid by it. */
export class NoValueError extends Error {
  override readonly name = 'NoValueError';

  constructor({ pointer }: Node) {
    super(`no value could be made for ${pointer}; give the schema an example`);
  }
}

/** Deeper than this only what is required is made, so that recursive schemas come to an end. */
const MAX_DEPTH = 4;

/** After so many values in a row that the schema refuses, none is expected any more. */
const MAX_REFUSED = 2_000;

/**
 * Values that a schema accepts, made from `type`, `enum`, `const`, lengths, bounds, `pattern`, `format`, members, items
 * and branches. Whatever else a schema says is held by leaving out what it refuses.
 */
export function arbitraryOf(
  document: OpenApiDocument,
  node: Node,
  options: ArbitraryOptions = {},
  depth = 0,
): fc.Arbitrary<unknown> {
  const schemas = applied(document, node);
  const choices = schemas.flatMap(branches);
  const made =
    choices.length > 0 && !schemas.some(isComplete)
      ? fc.oneof(...choices.map((branch) => arbitraryOf(document, branch, options, depth)))
      : ofKeywords({ document, schemas, options, depth });
  if (options.isUnchecked === true) return made;
  let refused = 0;
  return made.filter((value) => {
    const isValid = matches(document, node, value);
    refused = isValid ? 0 : refused + 1;
    if (refused > MAX_REFUSED) throw new NoValueError(node);
    return isValid;
  });
}

interface Source {
  readonly document: OpenApiDocument;
  readonly schemas: readonly Schema[];
  readonly options: ArbitraryOptions;
  readonly depth: number;
}

function isComplete({ keywords }: Schema): boolean {
  return ['type', 'const', 'enum', 'properties'].some((keyword) => keyword in keywords);
}

function ofKeywords(source: Source): fc.Arbitrary<unknown> {
  const constants = keyword(source, 'const');
  if (constants.length > 0) return fc.constantFrom(...constants);
  const [listed] = keyword(source, 'enum').filter((value) => Array.isArray(value));
  if (listed !== undefined) return fc.constantFrom(...listed);
  const named = source.schemas.map(typesOf).filter((types) => types.length > 0);
  const types = named.reduce((left, right) => left.filter((type) => right.includes(type)), named[0] ?? ['object']);
  return fc.oneof(...types.map((type) => ofType(source, type)));
}

function keyword({ schemas }: Source, name: string): readonly unknown[] {
  return schemas.filter(({ keywords }) => name in keywords).map(({ keywords }) => keywords[name]);
}

/** The largest of lower bounds, or the smallest of upper ones. */
function bound(source: Source, name: string, choose: (...values: number[]) => number): number | undefined {
  const values = keyword(source, name).filter((value) => typeof value === 'number');
  return values.length > 0 ? choose(...values) : undefined;
}

function ofType(source: Source, type: string): fc.Arbitrary<unknown> {
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'string') return ofString(source);
  if (type === 'array') return ofArray(source);
  return type === 'object' ? ofObject(source) : ofNumber(source, type);
}

function ofString(source: Source): fc.Arbitrary<string> {
  const [format] = keyword(source, 'format').map(String);
  const known = { ...formatArbitraries, ...source.options.formats };
  const named = format === undefined ? undefined : known[format];
  if (named !== undefined) return named;
  const [pattern] = keyword(source, 'pattern');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(String(pattern), 'u'));
  const minLength = bound(source, 'minLength', Math.max) ?? 0;
  const maxLength = Math.min(bound(source, 'maxLength', Math.min) ?? 64, minLength + 64);
  // NUL is refused in every document.
  return fc.string({ unit: 'binary', minLength, maxLength }).filter((text) => !text.includes('\0'));
}

function ofNumber(source: Source, type: string): fc.Arbitrary<number> {
  const min = bound(source, 'minimum', Math.max) ?? bound(source, 'exclusiveMinimum', Math.max) ?? -1_000;
  const max = bound(source, 'maximum', Math.min) ?? bound(source, 'exclusiveMaximum', Math.min) ?? min + 2_000;
  const [divisor = 1] = keyword(source, 'multipleOf').map(Number);
  const integers = fc
    .integer({ min: Math.ceil(min / divisor), max: Math.floor(max / divisor) })
    .map((factor) => factor * divisor);
  return type === 'integer' || divisor !== 1
    ? integers
    : fc.oneof(
        integers,
        fc.double({ min, max, noNaN: true }).filter((value) => !Object.is(value, -0)),
      );
}

function ofArray(source: Source): fc.Arbitrary<unknown> {
  const [rest] = source.schemas.map((schema) => childNode(schema.node, 'items')).filter((part) => part !== null);
  const prefix = source.schemas.flatMap((schema) => items(schema.node, 'prefixItems'));
  const minLength = bound(source, 'minItems', Math.max) ?? 0;
  const maxLength = Math.min(bound(source, 'maxItems', Math.min) ?? 3, minLength + 3);
  const part = (node: Node): fc.Arbitrary<unknown> => inner(source, node);
  if (prefix.length > 0) return fc.tuple(...prefix.map(part));
  if (source.depth >= MAX_DEPTH && minLength === 0) return fc.constant([]);
  const item = rest === undefined ? fc.jsonValue({ maxDepth: 1 }) : part(rest);
  const isUnique = keyword(source, 'uniqueItems').includes(true);
  return isUnique
    ? fc.uniqueArray(item, { minLength, maxLength, selector: (value) => JSON.stringify(value) })
    : fc.array(item, { minLength, maxLength });
}

function ofObject(source: Source): fc.Arbitrary<unknown> {
  const required = new Set(keyword(source, 'required').flat().map(String));
  const parts = new Map<string, Node>();
  for (const schema of source.schemas)
    for (const [name, part] of members(schema.node, 'properties')) parts.set(name, part);
  if (parts.size === 0) return ofMap(source);
  const isShallow = source.depth < MAX_DEPTH;
  const used = [...parts].filter(([name]) => isShallow || required.has(name));
  const model = Object.fromEntries(used.map(([name, part]) => [name, inner(source, part)]));
  return fc.record(model, {
    requiredKeys: Object.keys(model).filter((name) => required.has(name)),
    noNullPrototype: true,
  });
}

/** An object whose members have no names in the schema. */
function ofMap(source: Source): fc.Arbitrary<unknown> {
  const rests = source.schemas.map((schema) => childNode(schema.node, 'additionalProperties'));
  const [rest] = rests.filter((part) => part !== null && part.value !== false);
  const minKeys = bound(source, 'minProperties', Math.max) ?? 0;
  const maxKeys = Math.min(bound(source, 'maxProperties', Math.min) ?? 3, minKeys + 3);
  if (!rest || (source.depth >= MAX_DEPTH && minKeys === 0)) return fc.constant({});
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  return fc.dictionary(name, inner(source, rest), { minKeys, maxKeys, noNullPrototype: true });
}

function inner({ document, options, depth }: Source, node: Node): fc.Arbitrary<unknown> {
  return arbitraryOf(document, node, options, depth + 1);
}
