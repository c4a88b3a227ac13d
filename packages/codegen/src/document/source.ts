import { basename } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Pair,
  parseDocument,
  visit,
} from 'yaml';
import { pointerTokens } from './pointer.ts';
import { type Refusal, RefusedDocumentError } from './refusal.ts';

/** A value of the document and where it stands. */
export interface Place {
  /** JSON Pointer from the document's root. */
  readonly pointer: string;
  readonly value: unknown;
}

/** The text of a document, taken apart so that each JSON Pointer leads to a line and a column. */
export interface Source {
  readonly name: string;
  readonly root: Place;
  /** Line and column, both from 1, of the member or item that the pointer names. */
  position(pointer: string): { readonly line: number; readonly column: number };
}

/**
 * Parses YAML 1.2 or JSON.
 *
 * @param path the document's file name, for messages
 * @throws {@link RefusedDocumentError} if the text is not YAML, has a duplicate key, a merge key, or no object at its root
 */
export function parseSource(text: string, path: string): Source {
  const name = basename(path);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, prettyErrors: false });
  const refusal = (offset: number, reason: string): Refusal => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1), reason };
  };
  const problems = [...document.errors, ...document.warnings];
  const refusals = problems.map((problem) => refusal(problem.pos[0], `${problem.message}; correct the YAML`));
  refusals.push(...forbiddenKeys(document).map(({ offset, reason }) => refusal(offset, reason)));
  if (refusals.length > 0) throw new RefusedDocumentError(refusals);
  if (!isMap(document.contents))
    throw new RefusedDocumentError([refusal(0, 'the document is not an object; begin it with openapi: 3.1.0')]);
  return {
    name,
    root: { pointer: '', value: plainValue(document, (reason) => refusal(0, reason)) },
    position: (pointer) => {
      const { line, col } = lines.linePos(offsetOf(document, pointer));
      return { line, column: col };
    },
  };
}

/** @throws RefusedDocumentError if an alias has no anchor, or if aliases would make the document explode */
function plainValue(document: Document.Parsed, refusal: (reason: string) => Refusal): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new RefusedDocumentError([refusal(`${error.message}; use $ref instead of aliases`)], { cause: error });
  }
}

function forbiddenKeys(document: Document.Parsed): { offset: number; reason: string }[] {
  const found: { offset: number; reason: string }[] = [];
  visit(document, {
    Pair(_, pair) {
      const offset = startOf(pair.key);
      if (!isScalar(pair.key)) found.push({ offset, reason: 'a key is not a scalar; use a string' });
      else if (pair.key.value === '<<') found.push({ offset, reason: 'YAML 1.2 has no merge key; use $ref' });
      else if (pair.key.value === '__proto__') found.push({ offset, reason: '__proto__ cannot be a key; rename it' });
    },
  });
  return found;
}

/** Character offset of the key or item that the pointer leads to, or of the nearest parent that there is. */
function offsetOf(document: Document.Parsed, pointer: string): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const token of pointerTokens(pointer)) {
    const [at, value] = step(document, node, token);
    if (at === undefined) break;
    offset = startOf(at);
    node = value;
  }
  return offset;
}

/** The key or item that is named by the token, and its value. */
function step(document: Document.Parsed, parent: unknown, token: string): readonly [at?: unknown, value?: unknown] {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) return [node.items[Number(token)], node.items[Number(token)]];
  if (!isMap(node)) return [];
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === token);
  return pair instanceof Pair ? [pair.key, pair.value] : [];
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
