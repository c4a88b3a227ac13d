import {
  type AnyOperations,
  type Contract,
  internalErrorStatus,
  type Operation,
  responseFor,
} from '@contract-first/core';
import { offeredMediaTypes } from './content.ts';

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
  const operationIds = Object.keys(contract.operations);
  const schemes = Object.keys(contract.securitySchemes);
  const faults = [
    ...missingFunctions(handlers, operationIds).map(
      (name) => `handler ${name} is missing (${contract.operations[name]?.location}); add it to handlers`,
    ),
    ...extraNames(handlers, operationIds).map(
      (name) => `handler ${name} belongs to no operation of the contract; remove it, or declare the operation`,
    ),
    ...missingFunctions(authenticators, schemes).map(
      (name) => `authenticator ${name} is missing for the security scheme; add it to authenticators`,
    ),
    ...extraNames(authenticators, schemes).map(
      (name) => `authenticator ${name} belongs to no security scheme of the contract; remove it, or declare the scheme`,
    ),
    ...operations.flatMap((operation) => checkSecurity(operation, contract)),
    ...operations.flatMap((operation) => checkStatuses(operation, internalErrorStatus(operations))),
  ];
  if (faults.length > 0) throw new BootError(faults);
}

/** Own members only: `toString` is no handler of anything. */
function missingFunctions(values: object, names: readonly string[]): readonly string[] {
  const functions = Object.entries(values).filter(([, value]) => typeof value === 'function');
  const present = new Set(functions.map(([name]) => name));
  return names.filter((name) => !present.has(name));
}

function extraNames(values: object, names: readonly string[]): readonly string[] {
  return Object.keys(values).filter((name) => !names.includes(name));
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
    ...unknown.map(
      (name) =>
        `${operationId} (${location}): the security scheme ${name} is not declared; add it to components.securitySchemes`,
    ),
    ...(open
      ? [
          `${operationId} (${location}): an empty security alternative lets everybody in; name a scheme, or declare security: []`,
        ]
      : []),
  ];
}

/**
 * Every status that the server itself answers for an operation has to be in the contract.
 *
 * @param internalError the status that the contract declares for unexpected failures
 */
function checkStatuses(operation: Operation, internalError: number): readonly string[] {
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
    [internalError, responseFor(operation, internalErrorStatus([operation])) === null, 'it may fail unexpectedly'],
  ];
  return needed
    .filter(([status, isNeeded]) => isNeeded && responseFor(operation, status) === null)
    .map(
      ([status, , reason]) =>
        `${operationId} (${location}): status ${status} must be declared, because ${reason}; add it to the responses`,
    );
}

function hasScopes(alternative: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.values(alternative).some((scopes) => scopes.length > 0);
}
