import type { Operation, Response } from '@contract-first/core';

/** What the kit reads of a contract. Every `Contract<Operations>` is one. */
export interface AnyContract {
  readonly basePath: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** A request target in its parts, still percent-encoded. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

/** Splits a target in origin form or absolute form (RFC 9112 §3.2). */
export function splitTarget(target: string): Target {
  const [origin = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('#', 1);
  const at = origin.indexOf('?');
  return at < 0 ? { path: origin, query: '' } : { path: origin.slice(0, at), query: origin.slice(at + 1) };
}

/** The operations of the path that a target names; concrete paths come before templated ones (OAS 3.1 §4.8.8.1). */
export function operationsAt(contract: AnyContract, target: string): readonly Operation[] {
  const { path } = splitTarget(target);
  const templates = [...new Set(Object.values(contract.operations).map((operation) => operation.path))]
    .filter((template) => templatePattern(contract, template).test(path))
    .sort((one, other) => one.split('{').length - other.split('{').length);
  return Object.values(contract.operations).filter((operation) => operation.path === templates[0]);
}

/** The operation of a request; HEAD belongs to the GET of the path unless the contract has its own (RFC 9110 §9.3.2). */
export function operationOf(contract: AnyContract, method: string, target: string): Operation | null {
  const operations = operationsAt(contract, target);
  const find = (name: string) => operations.find((operation) => operation.method === name.toLowerCase());
  return find(method) ?? (method === 'HEAD' ? find('GET') : undefined) ?? null;
}

/** The methods that `Allow` has to list for a path, in alphabetical order (RFC 9110 §10.2.1). */
export function allowedMethods(operations: readonly Operation[]): readonly string[] {
  const methods = new Set(operations.map(({ method }) => method.toUpperCase()));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods.add('OPTIONS')].sort();
}

/** The raw values of the path parameters of a target. */
export function pathValues(
  contract: AnyContract,
  operation: Operation,
  target: string,
): Readonly<Record<string, string>> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const [, ...values] = templatePattern(contract, operation.path).exec(splitTarget(target).path) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

function templatePattern({ basePath }: AnyContract, template: string): RegExp {
  return new RegExp(
    `^${`${basePath}${template}`
      .split(/\{\w+\}/)
      .map(RegExp.escape)
      .join('([^/]+)')}$`,
  );
}

/** The key of the response that a status belongs to: the exact one, its range, or the default (OAS 3.1 §4.8.16). */
export function responseKey({ responses }: Operation, status: number): string | null {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  return keys.find((key) => Object.hasOwn(responses, key)) ?? null;
}

export function responseFor(operation: Operation, status: number): Response | null {
  const key = responseKey(operation, status);
  return key === null ? null : (operation.responses[key] ?? null);
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
