import { STATUS_CODES } from 'node:http';
import {
  errorDocument,
  JSON_API,
  type Operation,
  type Problem,
  type ProblemSource,
  speaksJsonApi,
} from '@contract-first/core';

/** An error that the server answers by itself. */
export interface ServerError {
  /** null where the request belongs to no operation, or is not known yet. */
  readonly operation: Operation | null;
  readonly requestId: string;
  /** They have one status. */
  readonly problems: readonly [Problem, ...Problem[]];
}

/** The body of an error reply. */
export interface ErrorBody {
  /** In lower case, without parameters. */
  readonly mediaType: string;
  /** What JSON is made of. */
  readonly body: unknown;
}

/**
 * How the server's own errors are written: the same way for a whole contract. Where an operation declares a response for
 * the status of an error, that response wins: booting refuses a format which breaks it.
 */
export type ErrorFormat = (error: ServerError) => ErrorBody;

/** Error documents of JSON:API 1.1. */
export const jsonApiErrors: ErrorFormat = ({ requestId, problems }) => ({
  mediaType: JSON_API,
  body: errorDocument(requestId, problems),
});

const PROBLEM_JSON = 'application/problem+json';

/**
 * Problem details (RFC 9457): of the first problem, with the code that programs decide by, and in `errors` a member for
 * each problem (§3.1 and §3.2; a pointer is a URI fragment there).
 */
export const problemDetails: ErrorFormat = ({ requestId, problems }) => {
  const [{ status, code, detail }] = problems;
  const errors = problems.map((problem) => ({
    code: problem.code,
    detail: problem.detail,
    ...placeOf(problem.source),
  }));
  return {
    mediaType: PROBLEM_JSON,
    body: { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code, requestId, errors },
  };
};

function placeOf(source: ProblemSource | undefined): object {
  if (source === undefined || !('pointer' in source)) return source ?? {};
  return { pointer: `#${encodeURI(source.pointer).replaceAll('#', '%23')}` };
}

/**
 * The format of a contract for which nobody has chosen one: that in which it declares errors; otherwise JSON:API for a
 * contract that speaks it, and problem details for any other one.
 */
export function defaultErrorFormat(operations: readonly Operation[]): ErrorFormat {
  const declared = operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([key, { content }]) => (/^[45d]/.test(key) ? Object.keys(content) : [])),
  );
  if (declared.includes(JSON_API)) return jsonApiErrors;
  if (declared.includes(PROBLEM_JSON)) return problemDetails;
  return operations.some(speaksJsonApi) ? jsonApiErrors : problemDetails;
}
