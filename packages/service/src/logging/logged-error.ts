/** What the log has of an error: who threw what where, and nothing that a person sent or is (rule A25). */
export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly statement?: string;
  readonly constraint?: string;
  readonly message: string;
  /** The frames, without the message that a stack begins with. */
  readonly stack: readonly string[];
  readonly cause?: LoggedError;
  /** The errors of an AggregateError. */
  readonly errors?: readonly LoggedError[];
}

const MAX_DEPTH = 5;

/**
 * Copies what may be logged. Other properties of errors are left out: drivers put statements, parameters and rows into
 * them.
 */
export function loggedError(error: unknown, depth = MAX_DEPTH): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is not an Error was thrown', stack: [] };
  const nested = (value: unknown): LoggedError => loggedError(value, depth - 1);
  return {
    type: error.name,
    ...facts(error),
    message: loggedMessage(error),
    stack: frames(error),
    ...(depth > 0 && error.cause !== undefined && { cause: nested(error.cause) }),
    ...(depth > 0 && error instanceof AggregateError && { errors: error.errors.map(nested) }),
  };
}

/**
 * The message without what stands between its first and its last quotation mark: V8 quotes the text that is not JSON,
 * PostgreSQL the value that it refuses.
 */
function loggedMessage({ message }: Error): string {
  return message.replace(/".*"/s, '"…"');
}

function facts(error: Error): Readonly<Record<string, string>> {
  const names = ['code', 'statement', 'constraint'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value: unknown = Reflect.get(error, name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function frames({ stack = '' }: Error): readonly string[] {
  return stack.split('\n').flatMap((line) => (/^ {4}at /.test(line) ? [line.trim().slice(3)] : []));
}
