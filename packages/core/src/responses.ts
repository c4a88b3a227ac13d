import type { Operation, Response } from './contract.ts';

type Responses = Pick<Operation, 'responses'>;

/**
 * The key of the response object for a status: the exact one, its range, or the default (OAS 3.1 §4.8.16). Where a
 * success is declared, `default` stands for the other failures only.
 *
 * @returns null if the status is not declared
 */
export function responseKey({ responses }: Responses, status: number): string | null {
  const keys = [String(status), `${Math.floor(status / 100)}XX`];
  const key = keys.find((each) => Object.hasOwn(responses, each));
  if (key !== undefined) return key;
  return Object.hasOwn(responses, 'default') && isCoveredByDefault(responses, status) ? 'default' : null;
}

function isCoveredByDefault(responses: Operation['responses'], status: number): boolean {
  if (status < 200 || status > 599) return false;
  return status > 299 || !Object.keys(responses).some((key) => key.startsWith('2'));
}

/** The response object for a status (see {@link responseKey}); null if the status is not declared. */
export function responseFor(operation: Responses, status: number): Response | null {
  const key = responseKey(operation, status);
  return key === null ? null : (operation.responses[key] ?? null);
}

/**
 * The statuses that a server may answer beyond those of the operation: faults of the HTTP message, overload and outages.
 * Any other status must be in the contract.
 */
export const serverStatuses: ReadonlySet<number> = /* @__PURE__ */ new Set([
  400, 405, 408, 412, 413, 414, 417, 429, 431, 503,
]);

/** The status of an unexpected failure: 501 where that is declared and 500 is not. */
export function internalErrorStatus(operations: readonly Responses[]): 500 | 501 {
  const declares = (status: string): boolean => operations.some(({ responses }) => Object.hasOwn(responses, status));
  return declares('501') && !declares('500') ? 501 : 500;
}
