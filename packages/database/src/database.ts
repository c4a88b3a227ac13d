/** What a database does with a committed change. */
export interface StorageEngine {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** Whether a committed change survives the loss of power. One that does not still survives the end of the process. */
  readonly survivesPowerLoss: boolean;
}

/** A statement with `$1`, `$2` … for its values. PostgreSQL plans it once per connection and name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Milliseconds that it may take, where that is more than the database usually allows. */
  readonly timeout?: number;
}

export type Row = Readonly<Record<string, unknown>>;

/** Where statements can be run: a database, or a transaction in it. */
export interface Session {
  /**
   * @returns the rows that the statement gave
   * @throws {@link DatabaseError} if the database refused it; the driver's own error if the database was out of reach
   */
  query(statement: Statement, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** How the connections of a pool are used at the moment. */
export interface PoolState {
  readonly connections: number;
  readonly idle: number;
  /** Statements and transactions that wait for a connection. */
  readonly waiting: number;
}

/** The few methods of a driver that are used. */
export interface Database extends Session {
  readonly engine: StorageEngine;
  /** Runs the work in one transaction, which is rolled back if it throws. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Only where there is a pool. */
  pool?(): PoolState;
  close(): Promise<void>;
}

/**
 * A statement that the database refused. It has only facts about the statement: messages, details and parameters of a
 * driver's error hold values of the row, which are personal data.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLSTATE (PostgreSQL, Appendix A). */
  readonly code: string;
  readonly statement: string;
  readonly constraint: string | null;

  constructor(code: string, statement: string, constraint: string | null = null) {
    super(`the database refused the statement ${statement} with SQLSTATE ${code}`);
    this.code = code;
    this.statement = statement;
    this.constraint = constraint;
  }
}

/** Strips a driver's error of the row's values. Errors without an SQLSTATE have none and are returned as they are. */
export function withoutValues(error: unknown, statement: Statement): unknown {
  // Only errors that the database itself sent have a severity; Node's codes can look like an SQLSTATE (`EPIPE`).
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return error;
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : null;
  return new DatabaseError(String(error.code), statement.name, constraint);
}
