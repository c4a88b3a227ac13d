import { type Operation, ProblemError, problem } from '@contract-first/core';
import type { FailureStatus } from './status-set.ts';

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

/** Turns what was thrown into what the client is told. The cause stays with the error, for the log. */
export interface Failures {
  /** For errors of the framework and of Node, some of which are the client's fault. */
  ofRequest(error: unknown, operation: Operation | null): ProblemError;
  /**
   * For errors of what the host gave: handlers, authenticators, admissions. A code that would be the client's fault
   * while the request is read is none here: a connection to the database may be reset, too.
   */
  ofHost(error: unknown, operation: Operation): ProblemError;
}

/** @param problemOf recognises the host's own errors; null for those that it does not know */
export function createFailures(
  statusOf: FailureStatus,
  problemOf: (error: unknown) => ProblemError | null = () => null,
): Failures {
  const unexpected = (cause: unknown, operation: Operation | null): ProblemError =>
    new ProblemError({ ...problem('internalError'), status: statusOf(operation) }, { cause });
  return {
    ofRequest(error, operation) {
      if (error instanceof ProblemError) return error;
      return clientFault(error) ?? unexpected(error, operation);
    },
    ofHost(error, operation) {
      if (error instanceof ProblemError) return error;
      return problemOf(error) ?? unexpected(error, operation);
    },
  };
}

/** What the framework or Node's HTTP parser found wrong with a request; null if it is a failure of ours. */
export function clientFault(error: unknown): ProblemError | null {
  const name = clientFaults[codeOf(error)];
  return name === undefined ? null : new ProblemError(problem(name), { cause: error });
}

/** The `code` of an error, or `''`. */
export function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : '';
}
