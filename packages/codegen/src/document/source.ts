import { basename } from 'node:path';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { normalizedText } from './encoding.ts';
import { flawsOf, pairsOf, startOf } from './nodes.ts';
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
 * Parses YAML 1.2 with the merge keys of YAML 1.1, or JSON. Keys are text as it is written.
 *
 * @param path the document's file name, for messages
 * @throws {@link RefusedDocumentError} if the text is not YAML, has a duplicate key or an endless alias,
 *   or no object at its root
 */
export function parseSource(text: string, path: string): Source {
  const name = basename(path);
  const lines = new LineCounter();
  const document = parseDocument(normalizedText(text), {
    lineCounter: lines,
    version: '1.2',
    merge: true,
    // Checked below, as text.
    uniqueKeys: false,
    prettyErrors: false,
  });
  const refusal = (offset: number, reason: string): Refusal => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1), reason };
  };
  const problems = [...document.errors, ...document.warnings];
  const refusals = uniqueProblems(problems).map((problem) => refusal(problem.pos[0], problemReason(problem)));
  if (refusals.length === 0) refusals.push(...flawsOf(document).map(({ offset, reason }) => refusal(offset, reason)));
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

/** A stack that overflows does so again and again. */
function uniqueProblems(problems: readonly YAMLError[]): readonly YAMLError[] {
  const overflow = problems.find(isOverflow);
  return overflow === undefined ? problems : [overflow];
}

function isOverflow({ message }: YAMLError): boolean {
  return message.includes('call stack');
}

function problemReason(problem: YAMLError): string {
  if (isOverflow(problem)) return 'the document is nested too deeply; move parts into components';
  if (problem.code === 'MULTIPLE_DOCS') return 'the file holds a second YAML document; keep one document in a file';
  return `${problem.message}; correct the YAML`;
}

/** @throws RefusedDocumentError if aliases would make the document explode, or a merge key has no mapping */
function plainValue(document: Document.Parsed, refusal: (reason: string) => Refusal): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = error.message.startsWith('Merge') ? 'correct the merge key' : 'use $ref instead of aliases';
    throw new RefusedDocumentError([refusal(`${error.message}; ${remedy}`)], { cause: error });
  }
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
  const pair = pairsOf(document, node).find(({ key }) => isScalar(key) && key.value === token);
  return pair === undefined ? [] : [pair.key, pair.value];
}
