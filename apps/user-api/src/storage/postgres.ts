import { type ClientBase, Pool } from 'pg';
import { type Database, type Row, type Session, type Statement, withoutValues } from './database.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly connectionString: string;
  /**
   * Connections of this process at the most.
   * @default 10
   */
  readonly connections?: number;
  /** @default {@link defaultPostgresLimits} */
  readonly limits?: PostgresLimits;
  /** Told of a connection that broke while no statement ran on it. The pool opens another one when it needs it. */
  readonly onConnectionError: (error: Error) => void;
}

/** Milliseconds. Together they let a request fail in less than a second while the database is out of reach (rule R5). */
export interface PostgresLimits {
  /** The wait for a connection, whether it must be opened or all are in use. */
  readonly connect: number;
  /** The wait for another transaction's lock. */
  readonly lock: number;
  /** One statement, as the database measures it. */
  readonly statement: number;
  /** One statement, as this process measures it: a dead network gives no answer at all. */
  readonly answer: number;
  /** A transaction in which nothing happens. */
  readonly idleTransaction: number;
}

export const defaultPostgresLimits: PostgresLimits = {
  connect: 800,
  lock: 500,
  statement: 800,
  answer: 900,
  idleTransaction: 5_000,
};

/** Opens a pool of connections to PostgreSQL. No connection is made yet. */
export function openPostgres(options: PostgresOptions): Database {
  const pool = createPool(options);
  return {
    engine: { name: 'PostgreSQL', survivesPowerLoss: true },
    query: (statement, values = []) => run(pool, statement, values),
    transaction: (work) => transaction(pool, options.onConnectionError, work),
    async close() {
      if (!pool.ending) await pool.end();
    },
  };
}

function createPool({ connectionString, connections = 10, limits, onConnectionError }: PostgresOptions): Pool {
  const { connect, lock, statement, answer, idleTransaction } = limits ?? defaultPostgresLimits;
  const pool = new Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: connect,
    lock_timeout: lock,
    statement_timeout: statement,
    query_timeout: answer,
    idle_in_transaction_session_timeout: idleTransaction,
    keepAlive: true,
    application_name: 'user-api',
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', onConnectionError);
  return pool;
}

async function run(
  client: Pool | ClientBase,
  statement: Statement,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { name, text, timeout } = statement;
  try {
    const config = { name, text, values: [...values], ...(timeout !== undefined && { query_timeout: timeout }) };
    return (await client.query<Row>(config)).rows;
  } catch (error) {
    throw withoutValues(error, statement);
  }
}

async function transaction<T>(
  pool: Pool,
  onConnectionError: (error: Error) => void,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // The pool itself listens to idle connections only.
  client.on('error', onConnectionError);
  let isDone = false;
  try {
    await client.query('begin');
    const result = await work({ query: (statement, values = []) => run(client, statement, values) });
    await client.query('commit');
    isDone = true;
    return result;
  } finally {
    client.off('error', onConnectionError);
    // A connection that is not given back intact is closed, which rolls its transaction back.
    client.release(!isDone);
  }
}
