import { readNumber } from '@contract-first/core';
import { type Alias, type Document, isAlias, isMap, isScalar, type Node, type Pair, type Scalar, visit } from 'yaml';

/** What is wrong with a part of a YAML document, and at which character. */
export interface Flaw {
  readonly offset: number;
  readonly reason: string;
}

/** Deeper documents are written by no one, and what walks through them would overflow the stack. */
const MAX_DEPTH = 200;

/**
 * Finds what would not be read as it is written, and makes every key the text that it is written as: `1.0` stays
 * `1.0`.
 */
export function flawsOf(document: Document.Parsed): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const found = (node: unknown, reason: string | undefined): void => {
    if (reason !== undefined) flaws.push({ offset: startOf(node), reason });
  };
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>();
      for (const { key } of map.items) found(key, keyFlaw(key, keys));
    },
    Alias(_, alias, path) {
      found(alias, aliasFlaw(document, alias, path));
    },
    Scalar(key, scalar) {
      if (key !== 'key') found(scalar, numberFlaw(scalar));
    },
    Node(_, node, path) {
      // A pair stands between each two nodes of mappings.
      if (path.filter((parent) => !isPair(parent)).length <= MAX_DEPTH) return undefined;
      found(node, 'the document is nested too deeply; move parts into components');
      return visit.BREAK;
    },
  });
  return flaws;
}

function isPair(parent: unknown): boolean {
  return typeof parent === 'object' && parent !== null && 'key' in parent && 'value' in parent;
}

function keyFlaw(key: unknown, keys: Set<string>): string | undefined {
  if (!isScalar(key)) return 'a key is not a scalar; use a string';
  // A merge key, which the parser marks with a symbol.
  if (typeof key.value === 'symbol') return undefined;
  const text = typeof key.value === 'string' ? key.value : (key.source ?? '');
  key.value = text;
  if (text === '__proto__') return '__proto__ cannot be a key; rename it';
  if (keys.has(text)) return `Map keys must be unique; remove one ${text}`;
  keys.add(text);
  return undefined;
}

function aliasFlaw(document: Document.Parsed, alias: Alias, path: readonly unknown[]): string | undefined {
  const target = alias.resolve(document);
  if (target === undefined) return `Unresolved alias *${alias.source}; add its anchor before it or use $ref`;
  return path.includes(target) ? `the alias *${alias.source} contains itself; use $ref` : undefined;
}

function numberFlaw({ value, source = '' }: Scalar): string | undefined {
  if (typeof value !== 'number') return undefined;
  if (Number.isSafeInteger(value)) return undefined;
  const text = source.replace(/^\+/, '').replace(/^(-?)\./, '$10.');
  if (readNumber(text) !== undefined) return undefined;
  return `the number ${source} would not be read as it is written; use one that a double can hold, or quote it`;
}

/** Where the node begins, in characters. */
export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

/** The pairs of a mapping, those that it merges last (YAML 1.1 merge keys: what is nearer wins). */
export function pairsOf(document: Document.Parsed, node: unknown): readonly Pair[] {
  const map = isAlias(node) ? node.resolve(document) : node;
  if (!isMap(map)) return [];
  const merged = map.items.filter(({ key }) => isScalar(key) && typeof key.value === 'symbol');
  const sources = merged.flatMap(({ value }) => mergeSources(document, value));
  return [...map.items, ...sources.flatMap((source) => pairsOf(document, source))];
}

function mergeSources(document: Document.Parsed, value: unknown): readonly unknown[] {
  const node = isAlias(value) ? value.resolve(document) : value;
  return typeof node === 'object' && node !== null && 'items' in node && !isMap(node) && Array.isArray(node.items)
    ? node.items
    : [node];
}
