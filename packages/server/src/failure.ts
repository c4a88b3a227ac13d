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

/**
 * Turns anything that was thrown into an error with a reply. The cause stays with the error, for the log.
 *
 * @param operations the operation of the request; those of the whole contract if it has none
 */
export function toProblemError(error: unknown, operations: readonly Operation[]): ProblemError {
  if (error instanceof ProblemError) return error;
  const name = clientFaults[codeOf(error)];
  if (name !== undefined) return new ProblemError(problem(name), { cause: error });
  return new ProblemError(internalError(operations), { cause: error });
}

/** An unexpected failure, with the status that the operations declare for it. */
export function internalError(operations: readonly Operation[]): Problem {
  return { ...problem('internalError'), status: internalErrorStatus(operations) };
}

/** The `code` of an error, or `''`. */
export function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : '';
}
