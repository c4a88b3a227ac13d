import type { Operation, Response } from './contract.ts';
import { JSON_API } from './media-type.ts';

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
 * The statuses that a server may answer by itself, declared or not: faults of the HTTP message, of the credentials and of
 * what was sent, overload and outages. An unexpected failure is none of them. Any other status must be in the contract.
 */
export const serverStatuses: ReadonlySet<number> = /* @__PURE__ */ new Set([
  400, 401, 403, 404, 405, 406, 408, 412, 413, 414, 415, 417, 422, 429, 431, 503,
]);

/** The status of an unexpected failure: 501 where that is declared and 500 is not. */
export function internalErrorStatus(operations: readonly Responses[]): 500 | 501 {
  return declares(operations, '501') && !declares(operations, '500') ? 501 : 500;
}

/**
 * The status of a request that was understood and breaks the contract (RFC 9110 §15.5.1, §15.5.21): the one of 400 and
 * 422 that is declared; if both or none are, 422 for JSON:API and 400 for everything else.
 */
export function invalidRequestStatus(operations: readonly Pick<Operation, 'responses' | 'requestBody'>[]): 400 | 422 {
  const [has400, has422] = [declares(operations, '400'), declares(operations, '422')];
  if (has400 !== has422) return has422 ? 422 : 400;
  return operations.some(speaksJsonApi) ? 422 : 400;
}

/**
 * The status of an invalid request to one operation: the one that it declares, or else that of its contract.
 *
 * @param fallback of the contract, see {@link invalidRequestStatus}
 */
export function invalidStatusOf(
  operation: Pick<Operation, 'responses' | 'requestBody'>,
  fallback: 400 | 422,
): 400 | 422 {
  const isDeclared = declares([operation], '400') || declares([operation], '422');
  return isDeclared ? invalidRequestStatus([operation]) : fallback;
}

/** Whether a body of the operation is in the media type of JSON:API. */
export function speaksJsonApi({ requestBody, responses }: Pick<Operation, 'responses' | 'requestBody'>): boolean {
  const contents = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content }) => content)];
  return contents.some((content) => Object.hasOwn(content, JSON_API));
}

function declares(operations: readonly Responses[], status: string): boolean {
  return operations.some(({ responses }) => Object.hasOwn(responses, status));
}
