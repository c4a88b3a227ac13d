import { isObject, type JsonObject, type Node, type OpenApiDocument } from '../schema/document.ts';
import { members, possible } from '../schema/schema.ts';
import { isType } from '../schema/schema-validator.ts';
import { type PlaceInBody, sampleOf } from './places.ts';

/** A value that is meant to break one keyword of a schema. */
export interface Attempt {
  /** The keyword that is meant to be broken, and in brackets how, for example `type (number)` or `required (id)`. */
  readonly title: string;
  readonly keyword: string;
  readonly value: unknown;
}

/**
 * Values in the place of a valid one, each of which is meant to break one keyword. Some may break others too; of those
 * with the same title the one that breaks the fewest is the best.
 */
export function* attempts(document: OpenApiDocument, { node, value }: PlaceInBody): Iterable<Attempt> {
  const schemas = possible(document, node);
  yield* wrongTypes();
  for (const { keywords } of schemas) {
    for (const [keyword, limit] of Object.entries(keywords)) {
      for (const wrong of breakers[keyword]?.(limit, value, keywords) ?? [])
        yield { title: keyword, keyword, value: wrong };
    }
  }
  for (const schema of schemas) yield* wrongMembers(schema.node, value);
  for (const schema of schemas) yield* tooManyItems(document, schema.node);
}

/** Valid items, which need not be equal as those of {@link repeated} are. */
function* tooManyItems(document: OpenApiDocument, { value: schema, pointer }: Node): Iterable<Attempt> {
  if (!isObject(schema) || typeof schema['maxItems'] !== 'number' || schema['maxItems'] > MANY) return;
  const count = schema['maxItems'] + 1;
  const longer = { value: { ...schema, minItems: count, maxItems: count }, pointer };
  const [value] = sampleOf(document, longer, { count: 1, seed: 1 });
  yield { title: 'maxItems', keyword: 'maxItems', value };
}

const MANY = 100;

/** A value of each type of JSON. */
function* wrongTypes(): Iterable<Attempt> {
  const values: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['boolean', true],
    ['number', 7],
    ['fraction', 0.5],
    ['string', 'text'],
    ['array', []],
    ['object', {}],
  ];
  for (const [type, value] of values) yield { title: `type (${type})`, keyword: 'type', value };
}

type Breaker = (limit: unknown, value: unknown, schema: JsonObject) => readonly unknown[];

/** The bound itself, which only an exclusive one refuses, and the next numbers beyond it, multiples among them. */
const beyond =
  (direction: 1 | -1): Breaker =>
  (limit, _, { multipleOf: divisor = 1 }) => {
    const [from, step] = [Number(limit), Number(divisor)];
    const multiple = direction * (Math.floor((direction * from) / step) + 1) * step;
    return [from, from + direction, multiple];
  };

/** What breaks a keyword that looks at one value. */
const breakers: Readonly<Record<string, Breaker>> = {
  enum: () => ['not-in-the-list', 987_654_321],
  const: () => ['not-the-constant', 987_654_321],
  maxLength: (limit, value) => tooLong(Number(limit), value),
  minLength: (limit, value) => [[...String(value)].slice(0, Math.max(0, Number(limit) - 1)).join('')],
  pattern: (_, value) => malformed(value),
  format: (_, value) => malformed(value),
  maximum: beyond(1),
  exclusiveMaximum: beyond(1),
  minimum: beyond(-1),
  exclusiveMinimum: beyond(-1),
  multipleOf: (divisor, value) =>
    [Number(value) + 1, Number(value) - 1, Number(value) + Number(divisor) / 2].filter(Number.isFinite),
  maxItems: (limit, value) => (Array.isArray(value) ? [repeated(value, Number(limit) + 1)] : []),
  minItems: (limit, value) => (Array.isArray(value) ? [value.slice(0, Math.max(0, Number(limit) - 1))] : []),
  uniqueItems: (_, value) =>
    Array.isArray(value) && value.length > 0
      ? [
          [...value, value[0]],
          [value[0], value[0]],
        ]
      : [],
  maxProperties: (limit, value) =>
    isObject(value) ? [{ ...value, ...numbered(Number(limit) + 1, Object.values(value)[0]) }] : [],
  minProperties: (limit, value) =>
    isObject(value) ? [Object.fromEntries(Object.entries(value).slice(0, Math.max(0, Number(limit) - 1)))] : [],
};

/** One code point too long. Repeating the last character keeps most formats, a letter in front most others. */
function tooLong(limit: number, value: unknown): readonly unknown[] {
  const text = typeof value === 'string' && value !== '' ? value : 'a';
  const characters = [...text];
  const missing = limit + 1 - characters.length;
  if (missing <= 0) return [];
  return [text + (characters.at(-1) ?? 'a').repeat(missing), 'a'.repeat(missing) + text, text + ' '.repeat(missing)];
}

function malformed(value: unknown): readonly unknown[] {
  const text = typeof value === 'string' ? value : 'a';
  // By code points: half a character is refused in every string.
  const characters = [...text];
  return [
    `${text} !`,
    `!${text}`,
    '',
    ' ',
    '!',
    'not valid',
    characters.slice(1).join(''),
    characters.slice(0, -1).join(''),
    '\u{1F600}',
    `${text}\n`,
  ];
}

function repeated(value: readonly unknown[], count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => value[index] ?? value[0] ?? null);
}

function numbered(count: number, member: unknown = null): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`member${index}`, member]));
}

function* wrongMembers(node: Node, value: unknown): Iterable<Attempt> {
  if (!isType(value, 'object') || !isObject(value) || !isObject(node.value)) return;
  const { required, additionalProperties, unevaluatedProperties } = node.value;
  for (const name of Array.isArray(required) ? required.map(String) : []) {
    const others = Object.entries(value).filter(([key]) => key !== name);
    yield { title: `required (${name})`, keyword: 'required', value: Object.fromEntries(others) };
  }
  if (additionalProperties === false) yield* unknownMembers('additionalProperties', node, value);
  if (unevaluatedProperties === false) yield* unknownMembers('unevaluatedProperties', node, value);
}

/** A name that nobody has, a known one in another case, and one that every object of JavaScript seems to have. */
function* unknownMembers(keyword: string, node: Node, value: object): Iterable<Attempt> {
  const [known] = members(node, 'properties')
    .map(([name]) => name.toUpperCase())
    .filter((name) => !Object.hasOwn(value, name));
  for (const name of ['notInTheContract', 'constructor', ...(known === undefined ? [] : [known])])
    yield { title: `${keyword} (${name})`, keyword, value: { ...value, [name]: 'text' } };
}
