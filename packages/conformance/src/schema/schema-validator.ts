import { appendPointer, formats, numberFormats } from '@contract-first/core';
import { childNode, isObject, type JsonObject, type Node, type OpenApiDocument, referenced } from './document.ts';
import { memo } from './memo.ts';
import { items, members, type Schema, schemaOf, typesOf } from './schema.ts';

/**
 * A small interpreter of JSON Schema 2020-12, without `unevaluatedItems` and `$dynamicRef`. It is here so that the kit
 * can judge single subschemas, which a contract has no validators for, and so that the compiled validators are not their
 * own judges.
 */

/** A place in a value that its schema refuses. */
export interface Finding {
  /** To the value at fault; for a missing member to its parent, for an unknown member to the member. */
  readonly pointer: string;
  readonly keyword: string;
}

/** Every place of a value that a schema refuses. */
export function findings(document: OpenApiDocument, node: Node, value: unknown, pointer = ''): readonly Finding[] {
  if (node.value === false) return [{ pointer, keyword: 'false' }];
  const schema = schemaOf(node);
  if (schema === null) return [];
  const at: Place = { document, node, schema: schema.keywords, pointer };
  return [
    ...simpleKeywords(schema, value).map((keyword) => ({ pointer, keyword })),
    ...applicators(at, value),
    ...(isObject(value) ? objectFindings(at, value) : []),
    ...(Array.isArray(value) ? arrayFindings(at, value) : []),
  ];
}

export function matches(document: OpenApiDocument, node: Node, value: unknown): boolean {
  return findings(document, node, value).length === 0;
}

interface Place {
  readonly document: OpenApiDocument;
  readonly node: Node;
  readonly schema: JsonObject;
  readonly pointer: string;
}

function applicators({ document, node, schema, pointer }: Place, value: unknown): readonly Finding[] {
  const reference = schema['$ref'];
  const target = typeof reference === 'string' ? [referenced(document, reference)] : [];
  const all = [...target, ...items(node, 'allOf')].flatMap((part) => findings(document, part, value, pointer));
  const count = (keyword: string): number =>
    items(node, keyword).filter((part) => matches(document, part, value)).length;
  const failed = (keyword: string, isFailed: boolean): readonly Finding[] => (isFailed ? [{ pointer, keyword }] : []);
  const not = childNode(node, 'not');
  return [
    ...all,
    ...failed('oneOf', 'oneOf' in schema && count('oneOf') !== 1),
    ...failed('anyOf', 'anyOf' in schema && count('anyOf') === 0),
    ...failed('not', not !== null && matches(document, not, value)),
    ...conditions({ document, node, schema, pointer }, value),
  ];
}

function conditions({ document, node, pointer }: Place, value: unknown): readonly Finding[] {
  const condition = childNode(node, 'if');
  const consequence =
    condition === null ? null : childNode(node, matches(document, condition, value) ? 'then' : 'else');
  return consequence === null ? [] : findings(document, consequence, value, pointer);
}

function objectFindings({ document, node, schema, pointer }: Place, value: JsonObject): readonly Finding[] {
  const found: Finding[] = [];
  for (const name of strings(schema['required'])) {
    if (!Object.hasOwn(value, name)) found.push({ pointer, keyword: 'required' });
  }
  for (const [name, needed] of Object.entries(isObject(schema['dependentRequired']) ? schema['dependentRequired'] : {}))
    if (Object.hasOwn(value, name) && strings(needed).some((other) => !Object.hasOwn(value, other)))
      found.push({ pointer, keyword: 'dependentRequired' });
  for (const [name, part] of members(node, 'dependentSchemas'))
    if (Object.hasOwn(value, name)) found.push(...findings(document, part, value, pointer));
  const names = childNode(node, 'propertyNames');
  for (const [name, member] of Object.entries(value)) {
    const place = appendPointer(pointer, name);
    if (names !== null && !matches(document, names, name)) found.push({ pointer, keyword: 'propertyNames' });
    const evaluators = memberSchemas(node, name);
    for (const evaluator of evaluators) {
      if (evaluator.value === false && evaluator.pointer === `${node.pointer}/additionalProperties`)
        found.push({ pointer: place, keyword: 'additionalProperties' });
      else found.push(...findings(document, evaluator, member, place));
    }
    if (schema['unevaluatedProperties'] === false && !isEvaluated(document, node, value, name))
      found.push({ pointer: place, keyword: 'unevaluatedProperties' });
  }
  return found;
}

/** The schemas that one schema object applies to a member: by name, by pattern, or to the rest (§10.3.2). */
export function memberSchemas(node: Node, name: string): readonly Node[] {
  const named = members(node, 'properties').filter(([key]) => key === name);
  const patterned = members(node, 'patternProperties').filter(([pattern]) => expression(pattern).test(name));
  const found = [...named, ...patterned].map(([, schema]) => schema);
  const rest = childNode(node, 'additionalProperties');
  return found.length === 0 && rest !== null ? [rest] : found;
}

/** Whether a schema, or one that it applies to the same value, has something to say about a member (§11.3). */
function isEvaluated(document: OpenApiDocument, node: Node, value: JsonObject, name: string): boolean {
  if (!isObject(node.value)) return false;
  if (memberSchemas(node, name).length > 0) return true;
  const reference = node.value['$ref'];
  const target = typeof reference === 'string' ? [referenced(document, reference)] : [];
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => items(node, keyword));
  const conditional = ['if', 'then', 'else'].map((keyword) => childNode(node, keyword)).filter((part) => part !== null);
  return [...target, ...branches, ...conditional].some(
    (part) => matches(document, part, value) && isEvaluated(document, part, value, name),
  );
}

function arrayFindings({ document, node, schema, pointer }: Place, value: readonly unknown[]): readonly Finding[] {
  const prefix = items(node, 'prefixItems');
  const rest = childNode(node, 'items');
  const found = value.flatMap((item, index) => {
    const part = prefix[index] ?? rest;
    return part === null ? [] : findings(document, part, item, appendPointer(pointer, index));
  });
  const contains = childNode(node, 'contains');
  if (contains === null) return found;
  const count = value.filter((item) => matches(document, contains, item)).length;
  const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema;
  const isWrong = count < Number(minContains) || count > Number(maxContains);
  return isWrong ? [...found, { pointer, keyword: 'contains' }] : found;
}

type Check = (value: unknown, limit: unknown) => boolean;

const text =
  (check: (value: string, limit: unknown) => boolean): Check =>
  (value, limit) =>
    typeof value !== 'string' || check(value, limit);
const number =
  (check: (value: number, limit: number) => boolean): Check =>
  (value, limit) =>
    typeof value !== 'number' || check(value, Number(limit));
const list =
  (check: (value: readonly unknown[], limit: unknown) => boolean): Check =>
  (value, limit) =>
    !Array.isArray(value) || check(value, limit);
const object =
  (check: (count: number, limit: number) => boolean): Check =>
  (value, limit) =>
    !isObject(value) || check(Object.keys(value).length, Number(limit));

/** Keywords that look at one value alone (JSON Schema Validation 2020-12 §6). */
const checks: Readonly<Record<string, Check>> = {
  enum: (value, allowed) => Array.isArray(allowed) && allowed.some((item) => equal(item, value)),
  const: (value, constant) => equal(value, constant),
  maxLength: text((value, limit) => [...value].length <= Number(limit)),
  minLength: text((value, limit) => [...value].length >= Number(limit)),
  pattern: text((value, pattern) => expression(String(pattern)).test(value)),
  format: (value, name) => isFormat(value, String(name)),
  maximum: number((value, limit) => value <= limit),
  minimum: number((value, limit) => value >= limit),
  exclusiveMaximum: number((value, limit) => value < limit),
  exclusiveMinimum: number((value, limit) => value > limit),
  multipleOf: number(isMultiple),
  maxItems: list((value, limit) => value.length <= Number(limit)),
  minItems: list((value, limit) => value.length >= Number(limit)),
  uniqueItems: list((value, unique) => unique !== true || value.every((item, at) => isFirst(value, item, at))),
  maxProperties: object((count, limit) => count <= limit),
  minProperties: object((count, limit) => count >= limit),
};

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const compiled = new RegExp(pattern, 'u');
  expressions.set(pattern, compiled);
  return compiled;
}

/** The checks that a schema asks for. */
const checksOf = memo(({ keywords }: Schema) => Object.entries(checks).filter(([keyword]) => keyword in keywords));

/** Counts in units of the last decimal place of both, where the remainder is exact. */
function isMultiple(value: number, divisor: number): boolean {
  if (!Number.isFinite(value)) return false;
  const [one, other] = [decimal(value), decimal(divisor)];
  const unit = Math.min(one.unit, other.unit);
  const count = ({ digits, unit: own }: Decimal): bigint => digits * 10n ** BigInt(own - unit);
  return count(one) % count(other) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  /** The power of ten that the last digit stands for. */
  readonly unit: number;
}

function decimal(value: number): Decimal {
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  return { digits: BigInt(mantissa.replace('.', '')), unit: Number(power) - (mantissa.split('.')[1] ?? '').length };
}

function simpleKeywords(schema: Schema, value: unknown): readonly string[] {
  const types = typesOf(schema);
  const isTyped = types.length === 0 || types.some((type) => isType(value, type));
  const failed = checksOf(schema).filter(([keyword, check]) => !check(value, schema.keywords[keyword]));
  return [...(isTyped ? [] : ['type']), ...failed.map(([keyword]) => keyword)];
}

export function isType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isFormat(value: unknown, name: string): boolean {
  const textFormats: Readonly<Record<string, (value: string) => boolean>> = formats;
  const valueFormats: Readonly<Record<string, (value: number) => boolean>> = numberFormats;
  if (typeof value === 'string' && Object.hasOwn(formats, name)) return textFormats[name]?.(value) ?? true;
  if (typeof value === 'number' && Object.hasOwn(numberFormats, name)) return valueFormats[name]?.(value) ?? true;
  return true;
}

/** Equality of JSON values (JSON Schema Core §4.2.2). */
function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => equal(item, other[at]));
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && equal(one[name], other[name]))
  );
}

function isFirst(values: readonly unknown[], item: unknown, at: number): boolean {
  return values.findIndex((other) => equal(other, item)) === at;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
