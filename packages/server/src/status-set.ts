import type { AnyOperations, Contract, Operation } from '@contract-first/core';

/**
 * The statuses that the server itself may answer beyond those of the operation: faults of the HTTP message, overload
 * and outages (rule D8). Any other status must be in the contract.
 */
export const serverStatuses: ReadonlySet<number> = new Set([400, 405, 408, 412, 413, 414, 417, 429, 431, 503]);

/** The statuses that a contract may give to an unexpected failure, the usual one first. */
const failureStatuses = [500, 501] as const;

/** The status of an unexpected failure, by operation; null stands for requests that no operation gets. */
export type FailureStatus = (operation: Operation | null) => number;

/**
 * Finds out with which status a contract tells an unexpected failure: what the operation declares; otherwise what the
 * contract declares elsewhere, so that one that says 501 everywhere is not asked for 500.
 */
export function failureStatusOf({ operations }: Contract<AnyOperations>): FailureStatus {
  const declared = new Set(Object.values(operations).flatMap(({ responses }) => Object.keys(responses)));
  const usual = failureStatuses.find((status) => declared.has(String(status))) ?? 500;
  return (operation) => failureStatuses.find((status) => operation?.responses[String(status)] !== undefined) ?? usual;
}
