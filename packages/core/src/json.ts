// By hand: JSON.parse and the libraries around it take duplicate members, lone surrogates and any depth.
/**
 * A strict reader of JSON (RFC 8259) for documents that come from outside. What different parsers read differently is
 * refused: duplicate member names, members named `__proto__`, numbers that JavaScript cannot hold, characters that cannot be stored, deep nesting,
 * bytes that are not UTF-8.
 */

import { readNumber } from './number.ts';

export type JsonFaultKind =
  | 'encoding'
  | 'syntax'
  | 'duplicate-member'
  | 'forbidden-member'
  | 'inexact-number'
  | 'invalid-character'
  | 'too-deep';

export interface JsonFault {
  readonly kind: JsonFaultKind;
  /** JSON Pointer (RFC 6901) to the value at fault; absent where the document cannot be read at all. */
  readonly pointer?: string;
}

/** The bytes are not an acceptable JSON document. The message holds nothing of the document. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly faults: readonly [JsonFault, ...JsonFault[]];

  constructor(faults: readonly [JsonFault, ...JsonFault[]]) {
    super(`not an acceptable JSON document: ${faults.map((fault) => fault.kind).join(', ')}`);
    this.faults = faults;
  }
}

export interface JsonOptions {
  /**
   * How many arrays and objects may stand within each other.
   * @default 16
   */
  readonly maxDepth?: number;
}

/** What could be read of a document. */
export interface JsonReading {
  /** Absent where the document cannot be read at all, or is too deep for others to walk through. */
  readonly value?: unknown;
  /** Every fault that was found, up to 1000; a document that is not JSON at all has just one. */
  readonly faults: readonly JsonFault[];
}

/**
 * @param bytes the document, UTF-8 without a byte order mark (RFC 8259 §8.1)
 * @throws {@link JsonError} with every fault that was found
 */
export function parseJson(bytes: Uint8Array, options: JsonOptions = {}): unknown {
  const { value, faults } = readJson(bytes, options);
  const [first, ...rest] = faults;
  if (first) throw new JsonError([first, ...rest]);
  return value;
}

/**
 * Like {@link parseJson}, but also gives the value of a document that has faults, so that they can be reported together
 * with those that a schema finds in it. Such a value must not be used for anything else.
 */
export function readJson(bytes: Uint8Array, { maxDepth = 16 }: JsonOptions = {}): JsonReading {
  const text = decode(bytes);
  if (text === null) return { faults: [{ kind: 'encoding' }] };
  const value = parse(text);
  if (value === undefined) return { faults: [{ kind: 'syntax' }] };
  const scan = new Scan(text, maxDepth);
  const faults = scan.faults();
  if (faults.some(({ kind }) => kind === 'too-deep')) return { faults };
  const exact = scan.hasEscapedName ? exactValue(text) : value;
  return { value: faults.some(({ kind }) => kind === 'forbidden-member') ? withoutForbidden(exact) : exact, faults };
}

/** Without the members that are told as faults already, so that no schema tells them again. */
function withoutForbidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutForbidden);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== FORBIDDEN);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutForbidden(member)]));
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Returns undefined, which no JSON text stands for, if the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a text that was checked before it was stored, and that a database wrote.
 *
 * @throws SyntaxError if it is not JSON after all
 */
export function storedJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes('\\') ? exactValue(text) : value;
}

/**
 * JSON.parse of V8 may take an escaped member name for a backslash if such a name was read before, in whatever document
 * (nodejs/node#63785). Only names are concerned: this reads them one by one.
 *
 * @param text known to be JSON, and not deep
 */
function exactValue(text: string): unknown {
  const tokens = text.matchAll(/[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s:,{}[\]"]+/g);
  const next = (): string => tokens.next().value?.[0] ?? '';
  const read = (token: string): unknown => {
    if (token === '{') return object();
    return token === '[' ? array() : JSON.parse(token);
  };
  const object = (): object => {
    const members: [string, unknown][] = [];
    for (let name = next(); name !== '}'; name = next()) members.push([JSON.parse(name), read(next())]);
    return Object.fromEntries(members);
  };
  const array = (): unknown[] => {
    const items: unknown[] = [];
    for (let token = next(); token !== ']'; token = next()) items.push(read(token));
    return items;
  };
  return read(next());
}

/** Appends a reference token to a JSON Pointer (RFC 6901 §3). */
export function appendPointer(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Whoever copies members by assignment sets a prototype with it. */
const FORBIDDEN = '__proto__';

/** More faults than this are not looked for: no client reads them, and a document may have one in every few bytes. */
const MAX_FAULTS = 1000;

interface Frame {
  /** The member names seen so far; null in an array. */
  readonly names: Set<string> | null;
  /** The member name or the index of the value that is being read. */
  token: string | number;
  readsName: boolean;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** One pass over a text that is known to be JSON; finds what JSON.parse lets through. */
class Scan {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #frames: Frame[] = [];
  readonly #faults: JsonFault[] = [];
  /** Whether a member name is written with an escape. */
  hasEscapedName = false;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  faults(): readonly JsonFault[] {
    for (let at = 0; at < this.#text.length && this.#faults.length < MAX_FAULTS; at += 1) {
      const character = this.#text[at];
      if (character === '"') at = this.#string(at);
      else if (character === '{' || character === '[') {
        if (this.#frames.length === this.#maxDepth) return [...this.#faults, this.#fault('too-deep')];
        const names = character === '{' ? new Set<string>() : null;
        this.#frames.push({ names, token: 0, readsName: names !== null });
      } else if (character === '}' || character === ']') this.#frames.pop();
      else if (character === ',') this.#next();
      else if (character === '-' || isDigit(character)) at = this.#number(at);
    }
    return this.#faults;
  }

  #next(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    if (typeof frame.token === 'number') frame.token += 1;
    frame.readsName = frame.names !== null;
  }

  /** Reads the string that begins at `start` and returns where its closing quote is. */
  #string(start: number): number {
    let end = start + 1;
    let escaped = false;
    for (; this.#text[end] !== '"'; end += 1) {
      if (this.#text[end] !== '\\') continue;
      escaped = true;
      end += 1;
    }
    const raw = this.#text.slice(start, end + 1);
    // JSON.parse of a JSON string is a string.
    const value = escaped ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    const frame = this.#frames.at(-1);
    if (frame?.readsName) {
      this.hasEscapedName ||= escaped;
      this.#name(frame, value);
    }
    if (escaped && (value.includes('\0') || !value.isWellFormed())) this.#faults.push(this.#fault('invalid-character'));
    return end;
  }

  /** Reads the number that begins at `start` and returns where its last character is. */
  #number(start: number): number {
    let end = start + 1;
    while (isDigit(this.#text[end]) || '.eE+-'.includes(this.#text[end] ?? ' ')) end += 1;
    const text = this.#text.slice(start, end);
    // Shorter integers are below 2^53.
    if (end - start < 16 && !/[eE]/.test(text)) return end - 1;
    if (readNumber(text) === undefined) this.#faults.push(this.#fault('inexact-number'));
    return end - 1;
  }

  #name(frame: Frame, name: string): void {
    frame.readsName = false;
    frame.token = name;
    if (frame.names?.has(name)) this.#faults.push(this.#fault('duplicate-member'));
    else if (name === FORBIDDEN) this.#faults.push(this.#fault('forbidden-member'));
    frame.names?.add(name);
  }

  #fault(kind: JsonFaultKind): JsonFault {
    return { kind, pointer: this.#frames.reduce((pointer, frame) => appendPointer(pointer, frame.token), '') };
  }
}
