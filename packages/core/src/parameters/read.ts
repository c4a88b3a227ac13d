import type { Parameter, ParameterShape, ParameterType, StyleSerialization } from '../contract.ts';
import { type Delimiter, delimiterOf, splitItems } from './delimiter.ts';
import { UnreadableError } from './faults.ts';
import { withoutBlanks } from './field-value.ts';
import { readJsonText } from './json-text.ts';
import { hasName, namesOf } from './names.ts';
import { type Pairs, readPairs } from './pairs.ts';
import { percentDecoded, withoutNul, withoutPluses } from './percent-encoding.ts';
import { decodeValue } from './primitive.ts';

type Decode = (text: string) => string;
type ObjectShape = Extract<ParameterShape, { kind: 'object' }>;

/**
 * Reads the value of a parameter from its text, which is still encoded.
 *
 * @throws UnreadableError if the text stands for no value
 */
export type ReadText = (text: string) => unknown;

/**
 * Reads the value of a parameter from the pairs among which it stands; undefined if it is not among them.
 *
 * @throws UnreadableError if its pairs stand for no value
 */
export type ReadPairs = (pairs: Pairs) => unknown;

/** How the parts of a parameter are decoded once they are split. */
export const decoders: Readonly<Record<Parameter['in'], Decode>> = {
  path: percentDecoded,
  query: (text) => percentDecoded(withoutPluses(text)),
  // Nothing in a header is escaped.
  header: (text) => text,
  // Written by `form`, which escapes (RFC 6570 §3.2.8); RFC 6265 leaves it to the server what a cookie means.
  cookie: (text) => percentDecoded(withoutBlanks(text)),
};

function decoderOf({ in: place }: Parameter): Decode {
  const decode = decoders[place];
  return (text) => withoutNul(decode(text));
}

/** Makes what reads a parameter in a path or a header. */
export function textReader(parameter: Parameter): ReadText {
  const { serialization } = parameter;
  const decode = decoderOf(parameter);
  if ('mediaType' in serialization) return (text) => readJsonText(decode(text));
  if (serialization.style === 'matrix') return matrixReader(parameter, decode);
  const read = joinedReader(parameter.in, serialization, decode);
  return serialization.style === 'label' ? (text) => read(withoutPrefix(text, '.')) : read;
}

function withoutPrefix(text: string, prefix: string): string {
  if (!text.startsWith(prefix)) throw new UnreadableError(`must begin with ${prefix}`);
  return text.slice(prefix.length);
}

function matrixReader(parameter: Parameter, decode: Decode): ReadText {
  const names = namesOf(parameter);
  const read = pairsReader(parameter, () => false);
  return (text) => {
    const { pairs, malformed } = readPairs(withoutPrefix(text, ';'), ';', decode);
    const isKnown = malformed.length === 0 && (names.open || [...pairs.keys()].every((name) => hasName(names, name)));
    const value = isKnown ? read(pairs) : undefined;
    if (value === undefined) throw new UnreadableError(`must be ;name=value with the names of ${parameter.name}`);
    return value;
  };
}

/**
 * Makes what reads a parameter in a query or among cookies.
 *
 * @param isTaken whether a name belongs to another parameter, so that it is no member of an open object
 */
export function pairsReader(parameter: Parameter, isTaken: (name: string) => boolean): ReadPairs {
  const { name, serialization } = parameter;
  const decode = decoderOf(parameter);
  if ('mediaType' in serialization) return singleReader(name, (text) => readJsonText(decode(text)));
  const { style, explode, shape } = serialization;
  if (style === 'deepObject' && shape.kind === 'object') return deepObjectReader(parameter, shape, decode);
  if (!explode || shape.kind === 'primitive')
    return singleReader(name, joinedReader(parameter.in, serialization, decode));
  if (shape.kind === 'object') return explodedReader(parameter, shape, decode, isTaken);
  return (pairs) => pairs.get(name)?.map((text) => decodeValue(shape.items, decode(text)));
}

function singleReader(name: string, read: ReadText): ReadPairs {
  return (pairs) => {
    const texts = pairs.get(name);
    return texts === undefined ? undefined : read(single(texts));
  };
}

function single(texts: readonly string[]): string {
  const [text, ...others] = texts;
  if (text === undefined || others.length > 0) throw new UnreadableError('must be given only once');
  return text;
}

function deepObjectReader(parameter: Parameter, shape: ObjectShape, decode: Decode): ReadPairs {
  const names = namesOf(parameter);
  const start = parameter.name.length + 1;
  return (pairs) => {
    const members = [...pairs].filter(([name]) => hasName(names, name));
    return members.length === 0
      ? undefined
      : objectOf(
          shape,
          members.map(([name, texts]) => [withoutNul(name.slice(start, -1)), decode(single(texts))] as const),
        );
  };
}

function explodedReader(
  parameter: Parameter,
  shape: ObjectShape,
  decode: Decode,
  isTaken: (name: string) => boolean,
): ReadPairs {
  const names = namesOf(parameter);
  return (pairs) => {
    const members = [...pairs].filter(([name]) => names.exact.has(name) || (names.open && !isTaken(name)));
    return members.length === 0
      ? undefined
      : objectOf(
          shape,
          members.map(([name, texts]) => [withoutNul(name), decode(single(texts))] as const),
        );
  };
}

/** Reads what stands in one text with delimiters. */
function joinedReader(place: Parameter['in'], { style, explode, shape }: StyleSerialization, decode: Decode): ReadText {
  const split = splitter(place, delimiterOf(style, explode));
  if (shape.kind === 'primitive') return (text) => decodeValue(shape.type, decode(text));
  if (shape.kind === 'array') {
    return (text) => split(text).map((item) => decodeValue(shape.items, decode(item)));
  }
  const members = explode ? namedMembers : alternatingMembers;
  return (text) =>
    objectOf(
      shape,
      members(split(text)).map(([name, member]) => [decode(name), decode(member)] as const),
    );
}

/** Around the elements of a header's list there may be blanks (RFC 9110 §5.6.1). */
function splitter(place: Parameter['in'], delimiter: Delimiter): (text: string) => readonly string[] {
  if (place !== 'header') return (text) => splitItems(text, delimiter);
  return (text) => splitItems(text, delimiter).map(withoutBlanks);
}

type Members = readonly (readonly [name: string, text: string])[];

/** `R=100,G=200` */
function namedMembers(items: readonly string[]): Members {
  return items.map((item) => {
    const at = item.indexOf('=');
    if (at < 0) throw new UnreadableError('must be a list of name=value');
    return [item.slice(0, at), item.slice(at + 1)];
  });
}

/** `R,100,G,200` */
function alternatingMembers(items: readonly string[]): Members {
  if (items.length % 2 !== 0) throw new UnreadableError('must be a list of names, each with its value behind it');
  return items.flatMap((name, at) => (at % 2 === 0 ? [[name, items[at + 1] ?? ''] as const] : []));
}

/** @param members decoded */
function objectOf(shape: ObjectShape, members: Members): object {
  // Without a prototype, so that a member that is not there is undefined whatever its name.
  const value: Record<string, unknown> = Object.create(null);
  for (const [name, text] of members) {
    if (name === '__proto__') throw new UnreadableError('must not have a member __proto__');
    if (Object.hasOwn(value, name)) throw new UnreadableError('must not have a member twice');
    value[name] = decodeValue(memberType(shape, name), text);
  }
  return value;
}

/** The type of a member. One that the schema does not allow is read as text; the schema then refuses it. */
export function memberType({ properties, additional }: ObjectShape, name: string): ParameterType {
  return (Object.hasOwn(properties, name) ? properties[name] : additional) ?? 'string';
}
