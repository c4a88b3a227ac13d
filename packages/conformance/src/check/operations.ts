import {
  createPaths,
  type Operation,
  operationFor,
  type PathMatch,
  type Paths,
  type PathsOfContract,
  parseRequestTarget,
} from '@contract-first/core';

/** What the kit reads of a contract. Every `Contract<Operations>` is one. */
export type AnyContract = PathsOfContract;

const tables = new WeakMap<AnyContract, Paths>();

function matchOf(contract: AnyContract, target: string): PathMatch | null {
  const paths = tables.get(contract) ?? createPaths(contract);
  tables.set(contract, paths);
  return paths.match(parseRequestTarget(target).path);
}

/** The operations of the path that a target names. */
export function operationsAt(contract: AnyContract, target: string): readonly Operation[] {
  return matchOf(contract, target)?.item.operations ?? [];
}

/** The operation of a request; HEAD belongs to the GET of the path unless the contract has its own (RFC 9110 §9.3.2). */
export function operationOf(contract: AnyContract, method: string, target: string): Operation | null {
  const match = matchOf(contract, target);
  return match && operationFor(match.item, method);
}

/** The methods that `Allow` has to list for the path of a target (RFC 9110 §10.2.1). */
export function allowedMethods(contract: AnyContract, target: string): readonly string[] {
  return matchOf(contract, target)?.item.methods ?? [];
}

/** The lowest declared status of success; null if there is none. */
export function successStatus({ responses }: Operation): number | null {
  const exact = Object.keys(responses).filter((key) => /^2[0-9]{2}$/.test(key));
  return exact.length > 0 ? Math.min(...exact.map(Number)) : null;
}

export function nameOf({ operationId, location }: Operation): string {
  return `${operationId} (${location})`;
}

/** The name of a security alternative: its schemes, joined by `+`. */
export function alternativeName(alternative: Readonly<Record<string, readonly string[]>>): string {
  return Object.keys(alternative).join('+');
}
