import type { AnyOperations, Contract, Operation } from '@contract-first/core';

/** A path of the contract and what it offers. */
export interface PathItem {
  readonly template: string;
  readonly operations: readonly Operation[];
  /** The methods in upper case, HEAD and OPTIONS included, as `Allow` lists them (RFC 9110 §10.2.1). */
  readonly methods: readonly string[];
  /** The media types that PATCH takes (RFC 5789 §3.1); empty without PATCH. */
  readonly acceptPatch: readonly string[];
}

/** Finds the path of a request target, whatever its method, so that an unoffered method can be told from a 404. */
export type PathTable = (path: string) => PathItem | null;

interface Entry {
  readonly pattern: RegExp;
  readonly item: PathItem;
}

export function createPathTable(contract: Contract<AnyOperations>): PathTable {
  const entries = Map.groupBy(Object.values(contract.operations), ({ path }) => path)
    .entries()
    .map(([template, operations]) => entryOf(contract.basePath, template, operations))
    .toArray()
    .sort(bySpecificity);
  return (path) => entries.find(({ pattern }) => pattern.test(path))?.item ?? null;
}

function entryOf(basePath: string, template: string, operations: readonly Operation[]): Entry {
  const source = `${basePath}${template}`
    .split(/\{\w+\}/)
    .map(RegExp.escape)
    .join('[^/]+');
  const methods = new Set([...operations.map(({ method }) => method.toUpperCase()), 'OPTIONS']);
  if (methods.has('GET')) methods.add('HEAD');
  const patch = operations.find(({ method }) => method === 'patch');
  const acceptPatch = Object.keys(patch?.requestBody?.content ?? {});
  return {
    pattern: new RegExp(`^${source}$`),
    item: { template, operations, methods: [...methods].sort(), acceptPatch },
  };
}

/** Concrete paths are matched before templated ones (OAS 3.1 §4.8.8.1). */
function bySpecificity(one: Entry, other: Entry): number {
  return one.item.template.split('{').length - other.item.template.split('{').length;
}
