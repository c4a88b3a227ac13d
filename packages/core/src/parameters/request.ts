import type { Operation, Parameter } from '../contract.ts';
import { UnreadableError } from './faults.ts';
import { hasName, namesOf } from './names.ts';
import { attempt, readPairs } from './pairs.ts';
import { decoders, pairsReader, textReader } from './read.ts';

/** What a request says of a parameter. */
export interface ParameterReading {
  readonly parameter: Parameter;
  /** Whether it is there at all. */
  readonly given: boolean;
  /** The value, not yet validated; undefined if it is not there or cannot be read. */
  readonly value: unknown;
  /** Why it cannot be read; null if it can. Holds nothing of the request. */
  readonly fault: string | null;
}

/** What a request says in its query. */
export interface QueryReading {
  readonly parameters: readonly ParameterReading[];
  /** Decoded names that belong to no parameter. */
  readonly unknown: readonly string[];
  /** Names of what belongs to no parameter and is not percent-encoded UTF-8; encoded if that is true of the name itself. */
  readonly malformed: readonly string[];
}

/** Reads the parameters of one operation. Everything that does not depend on the request is made beforehand. */
export interface ParameterReader {
  /** @param path of the request target, still percent-encoded; one that the operation's template matches */
  path(path: string): readonly ParameterReading[];
  /** @param query of the request target, without the question mark */
  query(query: string): QueryReading;
  /** @param fields names and values by turns, as Node's `rawHeaders` has them: every line, in any case */
  headers(fields: readonly string[]): readonly ParameterReading[];
  /** The parameters of the Cookie header; other cookies are ignored. @param fields as for headers */
  cookies(fields: readonly string[]): readonly ParameterReading[];
}

/** Makes what reads the parameters of an operation (OAS 3.1 §4.8.12). */
export function parameterReader({ path, parameters }: Pick<Operation, 'path' | 'parameters'>): ParameterReader {
  return {
    path: pathReader(path, parameters),
    query: queryReader(parameters.filter((parameter) => parameter.in === 'query')),
    headers: headerReader(parameters),
    cookies: cookieReader(parameters.filter((parameter) => parameter.in === 'cookie')),
  };
}

/** A parameter is a segment of its own; it is counted from the end, because a prefix may stand before the template. */
function pathReader(template: string, parameters: readonly Parameter[]): ParameterReader['path'] {
  const segments = template.split('/');
  const readers = parameters
    .filter((parameter) => parameter.in === 'path')
    .map((parameter) => ({
      parameter,
      position: segments.indexOf(`{${parameter.name}}`) - segments.length,
      read: textReader(parameter),
    }));
  if (readers.length === 0) return () => [];
  return (path) => {
    const given = path.split('/');
    return readers.map(({ parameter, position, read }) => readingOf(parameter, given.at(position), read));
  };
}

function headerReader(parameters: readonly Parameter[]): ParameterReader['headers'] {
  const readers = parameters
    .filter((parameter) => parameter.in === 'header')
    .map((parameter) => ({ parameter, name: parameter.name.toLowerCase(), read: textReader(parameter) }));
  return (fields) =>
    readers.map(({ parameter, name, read }) => readingOf(parameter, fieldValue(fields, name, ', '), read));
}

/** The combined value of all lines of a name (RFC 9110 §5.3); undefined if there is none. */
function fieldValue(fields: readonly string[], name: string, delimiter: string): string | undefined {
  let value: string | undefined;
  for (let at = 0; at < fields.length; at += 2) {
    if (fields[at]?.toLowerCase() !== name) continue;
    const line = fields[at + 1] ?? '';
    value = value === undefined ? line : `${value}${delimiter}${line}`;
  }
  return value;
}

function queryReader(parameters: readonly Parameter[]): ParameterReader['query'] {
  const names = parameters.map(namesOf);
  const isTaken = (name: string): boolean => names.some((each) => hasName(each, name));
  const isOpen = names.some(({ open }) => open);
  const readers = parameters.map((parameter) => ({ parameter, read: pairsReader(parameter, isTaken) }));
  return (query) => {
    const { pairs, malformed } = readPairs(query, '&', decoders.query);
    const others = isOpen ? [] : [...pairs].filter(([name]) => !isTaken(name));
    const isReadable = (texts: readonly string[]): boolean =>
      texts.every((text) => attempt(text, decoders.query) !== null);
    return {
      parameters: readers.map(({ parameter, read }) => readingOf(parameter, pairs, read)),
      unknown: others.filter(([, texts]) => isReadable(texts)).map(([name]) => name),
      malformed: [...malformed, ...others.filter(([, texts]) => !isReadable(texts)).map(([name]) => name)],
    };
  };
}

/**
 * Cookies are pairs that `; ` separates (RFC 6265 §4.2.1), exploded ones too, as a Cookie header has no `&`. A name that
 * stands twice is refused, unless it is that of an exploded list, because servers need not keep the order of cookies.
 */
function cookieReader(parameters: readonly Parameter[]): ParameterReader['cookies'] {
  const readers = parameters.map((parameter) => ({ parameter, read: pairsReader(parameter, () => true) }));
  if (readers.length === 0) return () => [];
  return (fields) => {
    const { pairs } = readPairs(fieldValue(fields, 'cookie', '; ') ?? '', ';', decoders.cookie);
    return readers.map(({ parameter, read }) => readingOf(parameter, pairs, read));
  };
}

function readingOf<T>(parameter: Parameter, given: T | undefined, read: (given: T) => unknown): ParameterReading {
  if (given === undefined) return { parameter, given: false, value: undefined, fault: null };
  try {
    const value = read(given);
    return { parameter, given: value !== undefined, value, fault: null };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { parameter, given: true, value: undefined, fault: error.message };
  }
}
