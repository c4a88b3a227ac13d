import type { Parameter, ParameterShape, ParameterType, StyleSerialization } from '../contract.ts';
import { delimiterOf, joinItems } from './delimiter.ts';
import { UnwritableError } from './faults.ts';
import { fieldText, listElement, wholeField } from './field-value.ts';
import { writeJsonText } from './json-text.ts';
import { percentEncoded, reservedKept } from './percent-encoding.ts';
import { encodeValue } from './primitive.ts';
import { memberType } from './read.ts';

type Encode = (text: string) => string;
type Entries = readonly (readonly [name: string, text: string])[];

/**
 * Writes the value of a parameter: one text for a path or a header, and for a query or a Cookie header the pairs
 * `name=value`, one or more.
 *
 * @throws UnwritableError if the parameter cannot carry the value
 */
export type WriteParameter = (value: unknown) => readonly string[];

/** Makes what writes a parameter; what it writes is read as the same value. */
export function parameterWriter(parameter: Parameter): WriteParameter {
  const { in: place, name, serialization } = parameter;
  const write = 'mediaType' in serialization ? documentWriter(parameter) : styleWriter(parameter, serialization);
  if (place === 'path') return (value) => [pathSegment(one(write(value)))];
  if (place === 'header') return (value) => [wholeField(one(write(value)))];
  return (value) => write(value).map(([key, text]) => `${percentEncoded(key ?? name)}=${text}`);
}

/** Texts with the names that they stand under; null is the parameter's own. */
type WriteEntries = (value: unknown) => readonly (readonly [name: string | null, text: string])[];

function one(entries: ReturnType<WriteEntries>): string {
  return entries[0]?.[1] ?? '';
}

function documentWriter({ in: place }: Parameter): WriteEntries {
  const encode = place === 'header' ? (text: string) => text : percentEncoded;
  return (value) => [[null, encode(writeJsonText(value))]];
}

/**
 * Dot segments are removed from a URL, escaped ones too (RFC 3986 §5.2.4, URL Standard), and an empty segment names
 * another path.
 */
function pathSegment(text: string): string {
  const segment = text.replaceAll('%2E', '.');
  if (segment === '') throw new UnwritableError('required', 'is required and must not be empty');
  if (segment === '.' || segment === '..') throw new UnwritableError('not', 'must not be a dot segment');
  return text;
}

function styleWriter(parameter: Parameter, serialization: StyleSerialization): WriteEntries {
  const { style, explode, shape } = serialization;
  const encode = encoder(parameter, serialization);
  const join = joiner(parameter, serialization);
  if (style === 'matrix') return matrixWriter(parameter, serialization, encode, join);
  if (style === 'label') return (value) => [[null, `.${join(texts(shape, explode, value, encode))}`]];
  if (style === 'deepObject') {
    return (value) => entriesOf(shape, value, encode).map(([key, text]) => [`${parameter.name}[${key}]`, text]);
  }
  if (style === 'form' && explode) return explodedWriter(shape, encode);
  return (value) => [[null, join(texts(shape, explode, value, encode))]];
}

/** How one item is encoded, so that nothing in it is taken for a delimiter. */
function encoder({ in: place }: Parameter, { style, explode, allowReserved, shape }: StyleSerialization): Encode {
  if (place === 'header') return fieldText;
  if (style === 'label' && explode) return (text) => percentEncoded(text).replaceAll('.', '%2E');
  if (!allowReserved || place !== 'query') return percentEncoded;
  const keepsComma = explode || shape.kind === 'primitive';
  return (text) => reservedKept(text, keepsComma);
}

type Join = (items: readonly string[]) => string;

function joiner({ in: place }: Parameter, { style, explode, shape }: StyleSerialization): Join {
  const delimiter = delimiterOf(style, explode);
  if (place !== 'header' || shape.kind === 'primitive') return (items) => joinItems(items, delimiter);
  return (items) => joinItems(items.map(listElement), delimiter);
}

/** `;color=blue,black`, or exploded `;color=blue;color=black` (RFC 6570 §3.2.7): an empty value goes without `=`. */
function matrixWriter(
  { name }: Parameter,
  { explode, shape }: StyleSerialization,
  encode: Encode,
  join: Join,
): WriteEntries {
  const write = explode
    ? explodedWriter(shape, encode)
    : (value: unknown) => [[null, join(texts(shape, false, value, encode))] as const];
  return (value) => {
    const pairs = write(value).map(([key, text]) => {
      const encoded = percentEncoded(key ?? name);
      return text === '' && encoded !== '' ? `;${encoded}` : `;${encoded}=${text}`;
    });
    return [[null, pairs.join('')]];
  };
}

/** A pair for each item or member. */
function explodedWriter(shape: ParameterShape, encode: Encode): WriteEntries {
  if (shape.kind === 'object') return (value) => entriesOf(shape, value, encode);
  return (value) => texts(shape, true, value, encode).map((text) => [null, text]);
}

/** The items of one text, before they are joined. */
function texts(shape: ParameterShape, explode: boolean, value: unknown, encode: Encode): readonly string[] {
  if (shape.kind === 'primitive') return [encode(encodeValue(shape.type, value))];
  if (shape.kind === 'array') return itemsOf(shape.items, value, encode);
  const entries = entriesOf(shape, value, encode).map(
    ([key, text]) => [encodedKey(key, explode, encode), text] as const,
  );
  return explode ? entries.map(([key, text]) => `${key}=${text}`) : entries.flat();
}

function itemsOf(type: ParameterType, value: unknown, encode: Encode): readonly string[] {
  if (!Array.isArray(value)) throw new UnwritableError('type', 'must be array');
  if (value.length === 0) throw new UnwritableError('minItems', 'must not be empty, which looks like no list at all');
  return Array.from(value, (item: unknown) => encode(encodeValue(type, item)));
}

/** The members with their names as they are, and their encoded texts. */
function entriesOf(shape: ParameterShape, value: unknown, encode: Encode): Entries {
  if (shape.kind !== 'object' || typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnwritableError('type', 'must be object');
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0)
    throw new UnwritableError('minProperties', 'must not be empty, which looks like no object at all');
  return members.map(([name, member]) => {
    const isKnown = Object.hasOwn(shape.properties, name) || shape.additional !== null;
    if (name === '__proto__' || !isKnown)
      throw new UnwritableError('additionalProperties', 'must have declared members only');
    return [name, encode(encodeValue(memberType(shape, name), member))];
  });
}

/** The name of a member in one text. In a header nothing is escaped, so that a name with `=` would end there. */
function encodedKey(key: string, explode: boolean, encode: Encode): string {
  const text = encode(key);
  if (explode && text.includes('=')) throw new UnwritableError('format', 'must not have = in the name of a member');
  return text;
}
