// By hand, not find-my-way: it decodes a path before it compares, so that one resource would have many spellings.
import type { Operation } from './contract.ts';

/** A path of the contract and what it offers. */
export interface PathItem {
  readonly template: string;
  readonly operations: readonly Operation[];
  /** The methods in upper case, HEAD and OPTIONS included, as `Allow` lists them (RFC 9110 §10.2.1). */
  readonly methods: readonly string[];
  /** The media types that PATCH takes (RFC 5789 §3.1); empty without PATCH. */
  readonly acceptPatch: readonly string[];
}

/** A path of the contract that a request target names. */
export interface PathMatch {
  readonly item: PathItem;
  /** The values of the template's parameters by name, still percent-encoded. */
  readonly values: Readonly<Record<string, string>>;
}

/** The paths of a contract: one table for routing, for `Allow` and for the labels of metrics. */
export interface Paths {
  /** Finds the path, whatever the method, so that an unoffered method can be told from an unknown path. */
  match(path: string): PathMatch | null;
}

/** As much of a contract as its paths take. Every `Contract<Operations>` has it. */
export interface PathsOfContract {
  readonly basePath: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

interface Entry {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly item: PathItem;
}

/**
 * @param prefix what stands before the base path, for a contract that is mounted below a path of its host
 */
export function createPaths({ basePath, operations }: PathsOfContract, prefix = ''): Paths {
  const all = Object.values<Operation>(operations);
  const entries = [...new Set(all.map(({ path }) => path))]
    .map((template) => {
      const offered = all.filter(({ path }) => path === template);
      return entryOf(`${prefix}${basePath}`, template, offered);
    })
    .sort(bySpecificity);
  return {
    match(path) {
      for (const { pattern, names, item } of entries) {
        const match = pattern.exec(path);
        if (match === null) continue;
        return { item, values: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) };
      }
      return null;
    },
  };
}

/** The operation of a method; GET answers HEAD as well, unless the path has an operation for it (RFC 9110 §9.3.2). */
export function operationFor({ operations }: PathItem, method: string): Operation | null {
  const offered = (name: string): Operation | undefined => operations.find((operation) => operation.method === name);
  const name = method.toLowerCase();
  return offered(name) ?? (name === 'head' ? offered('get') : undefined) ?? null;
}

function entryOf(base: string, template: string, operations: readonly Operation[]): Entry {
  const source = `${base}${template}`
    .split(/\{\w+\}/)
    .map(escaped)
    .join('([^/]+)');
  const methods = new Set([...operations.map(({ method }) => method.toUpperCase()), 'OPTIONS']);
  if (methods.has('GET')) methods.add('HEAD');
  const patch = operations.find(({ method }) => method === 'patch');
  return {
    pattern: new RegExp(`^${source}$`),
    names: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    item: {
      template,
      operations,
      methods: [...methods].sort(),
      acceptPatch: Object.keys(patch?.requestBody?.content ?? {}),
    },
  };
}

/** For a pattern. `RegExp.escape` is younger than the oldest Node that this package runs on. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/**
 * Concrete paths are matched before templated ones (OAS 3.1 §4.8.8.1). Of two templates that one wins which is concrete
 * for longer, as in the router.
 */
function bySpecificity(one: Entry, other: Entry): number {
  const [left, right] = [segmentsOf(one), segmentsOf(other)];
  // Of different lengths they match nothing in common; an order among them keeps the comparison consistent.
  if (left.length !== right.length) return left.length - right.length;
  for (const [index, segment] of left.entries()) {
    const difference = variability(segment) - variability(right[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

function segmentsOf({ item }: Entry): readonly string[] {
  return item.template.split('/');
}

/** 0 for a concrete segment, 1 for one that is partly so. */
function variability(segment: string): number {
  if (!segment.includes('{')) return 0;
  return /^\{\w+\}$/.test(segment) ? 2 : 1;
}
