import { basename } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Locate } from '../coverage/cells.ts';

/**
 * Reads the text that a contract was generated from, to tell where a JSON Pointer (RFC 6901) leads to in it.
 *
 * @param text YAML 1.2 or JSON
 * @param path the document's file name
 * @returns finds the file and the line of the key or item that is named, or of the nearest parent that there is
 */
export function locateIn(text: string, path: string): Locate {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return (pointer) => `${basename(path)}:${lines.linePos(offsetOf(contents, tokensOf(pointer))).line}`;
}

function tokensOf(pointer: string): readonly string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function offsetOf(node: unknown, [token, ...rest]: readonly string[]): number {
  if (token === undefined) return 0;
  const [key, value] = step(node, token);
  const deeper = key === undefined ? 0 : offsetOf(value, rest);
  return deeper === 0 ? (key?.range?.[0] ?? 0) : deeper;
}

/** The key or item that is named, and its value. */
function step(parent: unknown, token: string): readonly [key?: Node, value?: unknown] {
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === token);
    return isScalar(pair?.key) ? [pair.key, pair.value] : [];
  }
  const item = isSeq(parent) ? parent.items[Number(token)] : undefined;
  return isMap(item) || isSeq(item) || isScalar(item) ? [item, item] : [];
}
