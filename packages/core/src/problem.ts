/**
 * A problem is one fault, reported to a client. It becomes one error object of a JSON:API error document
 * (JSON:API 1.1, "Error Objects").
 */

/** Where in the request the fault is. Exactly one of the three. */
export type ProblemSource = { readonly pointer: string } | { readonly parameter: string } | { readonly header: string };

export interface Problem {
  /** HTTP status code, 400 to 599. */
  readonly status: number;
  /** Stable, kebab-case; programs decide by it. */
  readonly code: string;
  /** Never changes for a code. */
  readonly title: string;
  /** Explains this occurrence. Holds no value that the client or the database supplied. */
  readonly detail: string;
  readonly source?: ProblemSource;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** Options of a {@link ProblemError}. */
export interface ProblemErrorOptions extends ErrorOptions {
  /** Headers of the reply, by lower-case name, for example `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Ends a request with one or more problems. They all have the same status.
 * `cause` is for the log; the client never sees it.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly problems: readonly [Problem, ...Problem[]];
  readonly headers: Readonly<Record<string, string>>;

  constructor(problems: Problem | readonly [Problem, ...Problem[]], options: ProblemErrorOptions = {}) {
    const list: readonly [Problem, ...Problem[]] = 'status' in problems ? [problems] : problems;
    super(list[0].detail, options);
    this.status = list[0].status;
    this.problems = list;
    this.headers = options.headers ?? {};
  }
}

/** The JSON:API error document that reports problems to a client. */
export interface ErrorDocument {
  errors: [ErrorObject, ...ErrorObject[]];
}

export interface ErrorObject {
  /** The request id: a log line of the occurrence can be found by it. */
  id: string;
  status: string;
  code: string;
  title: string;
  detail: string;
  source?: ProblemSource;
  meta?: Readonly<Record<string, unknown>>;
}

/**
 * @param requestId the id of the request, which becomes the id of each error object
 */
export function errorDocument(requestId: string, problems: readonly [Problem, ...Problem[]]): ErrorDocument {
  const [first, ...rest] = problems;
  return { errors: [errorObject(requestId, first), ...rest.map((problem) => errorObject(requestId, problem))] };
}

function errorObject(id: string, problem: Problem): ErrorObject {
  const { status, code, title, detail, source, meta } = problem;
  return { id, status: String(status), code, title, detail, ...(source && { source }), ...(meta && { meta }) };
}
