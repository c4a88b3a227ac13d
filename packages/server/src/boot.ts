import {
  type AnyOperations,
  type Contract,
  invalidStatusOf,
  type Operation,
  type ProblemName,
  placeOf,
  problem,
  type Response,
  responseFor,
} from '@contract-first/core';
import { offeredMediaTypes } from './content.ts';
import type { ErrorFormat } from './error-format.ts';
import { failureStatus } from './failure.ts';

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
  readonly errorFormat: ErrorFormat;
  readonly invalidRequestStatus: 400 | 422;
  readonly undeclaredErrors: 'allow' | 'refuse';
}

/** @throws {@link BootError} with every fault */
export function checkBoot(inputs: BootInputs): void {
  const { contract, handlers, authenticators } = inputs;
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
    ...operations.flatMap((operation) => checkOwnErrors(operation, inputs)),
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

/** An error that the server itself may answer for an operation. */
interface OwnError {
  readonly status: number;
  readonly name: ProblemName;
  readonly reason: string;
}

function ownErrors(
  operation: Operation,
  { contract, invalidRequestStatus: fallback }: BootInputs,
): readonly OwnError[] {
  const { parameters, requestBody, security, owner } = operation;
  const isSecured = security.length > 0;
  const hasInput = requestBody !== null || parameters.some(({ in: place }) => place !== 'path');
  const isRefusable = isSecured && (owner !== null || security.some(hasScopes));
  const invalid = invalidStatusOf(operation, fallback);
  const possible: readonly (OwnError & { readonly isPossible: boolean })[] = [
    { status: 401, name: 'missingToken', reason: 'it requires a token', isPossible: isSecured },
    { status: 403, name: 'insufficientScope', reason: 'it requires a scope or an owner', isPossible: isRefusable },
    {
      status: 406,
      name: 'notAcceptable',
      reason: 'it answers a body',
      isPossible: offeredMediaTypes(operation).length > 0,
    },
    { status: 415, name: 'unsupportedMediaType', reason: 'it takes a body', isPossible: requestBody !== null },
    { status: invalid, name: 'invalidValue', reason: 'it takes a body or parameters', isPossible: hasInput },
    {
      status: failureStatus(operation, Object.values(contract.operations)),
      name: 'internalError',
      reason: 'it may fail unexpectedly',
      isPossible: true,
    },
  ];
  return possible.filter(({ isPossible }) => isPossible);
}

/** What the server itself answers for an operation has to be as the contract says it, and may have to be in it. */
function checkOwnErrors(operation: Operation, inputs: BootInputs): readonly string[] {
  const { operationId, location } = operation;
  return ownErrors(operation, inputs).flatMap((own) => {
    const response = responseFor(operation, own.status);
    if (response !== null)
      return checkFormat(operation, own, response, inputs.errorFormat).map(
        (fault) => `${operationId} (${location}): ${fault}`,
      );
    if (inputs.undeclaredErrors === 'allow') return [];
    return [
      `${operationId} (${location}): status ${own.status} must be declared, because ${own.reason}; add it to the responses`,
    ];
  });
}

/** Makes such an error and holds it against what is declared. */
function checkFormat(
  operation: Operation,
  { status, name }: OwnError,
  { content }: Response,
  errorFormat: ErrorFormat,
): readonly string[] {
  const declared = Object.keys(content);
  if (declared.length === 0) return [];
  const { mediaType, body } = errorFormat({
    operation,
    requestId: SAMPLE_ID,
    problems: [{ ...problem(name), status }],
  });
  const schema = content[mediaType];
  if (schema === undefined)
    return [
      `status ${status} is declared as ${declared.join(', ')}, and the server answers it as ${mediaType}; give an errorFormat that follows the contract`,
    ];
  return schema
    .validate(body)
    .map(
      (violation) =>
        `the server's reply with status ${status} breaks the contract at ${placeOf(violation) || 'its root'} (${violation.message}); give an errorFormat that follows it`,
    );
}

/** Has the form of every request id that the server makes. */
const SAMPLE_ID = '00000000-0000-4000-8000-000000000000';

function hasScopes(alternative: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.values(alternative).some((scopes) => scopes.length > 0);
}
