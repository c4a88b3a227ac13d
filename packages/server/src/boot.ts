import type { AnyOperations, Contract, Operation } from '@contract-first/core';
import { offeredMediaTypes } from './content.ts';
import { responseFor } from './reply-check.ts';
import { type FailureStatus, failureStatusOf } from './status-set.ts';

/** The server refuses to boot: what the contract says cannot be enforced with what it was given. */
export class BootError extends Error {
  override readonly name = 'BootError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the server does not fit the contract:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

export interface BootInputs {
  readonly contract: Contract<AnyOperations>;
  readonly handlers: object;
  readonly authenticators: object;
}

/** @throws {@link BootError} with every fault */
export function checkBoot({ contract, handlers, authenticators }: BootInputs): void {
  const operations = Object.values(contract.operations);
  const faults = [
    ...compareNames('handler', 'operation', handlers, Object.keys(contract.operations)),
    ...compareNames('authenticator', 'security scheme', authenticators, Object.keys(contract.securitySchemes)),
    ...operations.flatMap((operation) => checkSecurity(operation, contract)),
    ...operations.flatMap((operation) => checkStatuses(operation, failureStatusOf(contract))),
  ];
  if (faults.length > 0) throw new BootError(faults);
}

/** Own members only: `toString` is no handler of anything. */
function compareNames(given: string, wanted: string, values: object, names: readonly string[]): readonly string[] {
  const functions = Object.entries(values).filter(([, value]) => typeof value === 'function');
  const own = new Set(functions.map(([name]) => name));
  const missing = names.filter((name) => !own.has(name)).map((name) => `${given} ${name} is missing`);
  const extra = Object.keys(values).filter((name) => !names.includes(name));
  return [...missing, ...extra.map((name) => `${given} ${name} belongs to no ${wanted} of the contract`)];
}

function checkSecurity(
  { operationId, location, security }: Operation,
  contract: Contract<AnyOperations>,
): readonly string[] {
  const unknown = security
    .flatMap((alternative) => Object.keys(alternative))
    .filter((name) => !Object.hasOwn(contract.securitySchemes, name));
  const open = security.some((alternative) => Object.keys(alternative).length === 0);
  return [
    ...unknown.map((name) => `${operationId} (${location}): the security scheme ${name} is not declared`),
    ...(open ? [`${operationId} (${location}): an empty security alternative lets everybody in`] : []),
  ];
}

/** Every status that the server itself answers for an operation has to be in the contract. */
function checkStatuses(operation: Operation, failureStatus: FailureStatus): readonly string[] {
  const { operationId, location, parameters, requestBody, security, owner } = operation;
  const isSecured = security.length > 0;
  const needed: readonly (readonly [status: number, isNeeded: boolean, reason: string])[] = [
    [401, isSecured, 'it requires a token'],
    [403, isSecured && (owner !== null || security.some(hasScopes)), 'it requires a scope or an owner'],
    [406, offeredMediaTypes(operation).length > 0, 'it answers a body'],
    [415, requestBody !== null, 'it takes a body'],
    [
      422,
      requestBody !== null || parameters.some(({ in: place }) => place !== 'path'),
      'it takes a body or parameters',
    ],
    [failureStatus(operation), true, 'it may fail unexpectedly'],
  ];
  return needed
    .filter(([status, isNeeded]) => isNeeded && responseFor(operation, status) === null)
    .map(([status, , reason]) => `${operationId} (${location}): status ${status} must be declared, because ${reason}`);
}

function hasScopes(alternative: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.values(alternative).some((scopes) => scopes.length > 0);
}
