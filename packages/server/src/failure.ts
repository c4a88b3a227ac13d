import { internalErrorStatus, type Operation, type Problem, ProblemError, problem } from '@contract-first/core';

/** Codes of Fastify and of Node's HTTP parser that are the client's fault. Whatever is not here is a failure of ours. */
const clientFaults: Readonly<Record<string, Parameters<typeof problem>[0]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'contentTooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupportedMediaType',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'badRequest',
  FST_ERR_BAD_URL: 'notFound',
  FST_ERR_MAX_PARAM_LENGTH: 'notFound',
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'contentTooLarge',
  ECONNRESET: 'badRequest',
  ECONNABORTED: 'badRequest',
};

/** Carries what the host's code threw: a failure of ours, even with a code that would be the client's fault. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
}

/**
 * Turns anything that was thrown into an error with a reply. The cause stays with the error, for the log.
 *
 * @param operation the one of the request; null if it has none
 * @param operations those of the whole contract
 */
export function toProblemError(
  error: unknown,
  operation: Operation | null,
  operations: readonly Operation[],
): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HostFailure)
    return new ProblemError(internalError(operation, operations), { cause: error.cause });
  const name = clientFaults[codeOf(error)];
  if (name !== undefined) return new ProblemError(problem(name), { cause: error });
  return new ProblemError(internalError(operation, operations), { cause: error });
}

function internalError(operation: Operation | null, operations: readonly Operation[]): Problem {
  return { ...problem('internalError'), status: failureStatus(operation, operations) };
}

/** The status of an unexpected failure: that of the operation, or that of the others where it declares none. */
export function failureStatus(operation: Operation | null, operations: readonly Operation[]): 500 | 501 {
  const isDeclared = operation !== null && ['500', '501'].some((status) => Object.hasOwn(operation.responses, status));
  return internalErrorStatus(isDeclared ? [operation] : operations);
}

/** The `code` of an error, or `''`. */
export function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : '';
}
