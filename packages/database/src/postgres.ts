import { storedJson } from '@contract-first/core';
import { type ClientBase, types } from 'pg';
import { type Database, DatabaseError, type Row, type Session, type Statement, withoutValues } from './database.ts';
import { databaseUrls } from './database-url.ts';
import { openHosts, type PostgresHosts } from './postgres-hosts.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, or with several hosts `…@one:5432,two:5432/…`. */
  readonly connectionString: string;
  /**
   * Connections of this process at the most.
   * @default 10
   */
  readonly connections?: number;
  /** @default {@link defaultPostgresLimits} */
  readonly limits?: PostgresLimits;
  /**
   * Whether statements are planned once a connection. A pooler that gives every transaction another connection of the
   * server can have neither that nor settings of the session: with false the limits `lock`, `statement` and
   * `idleTransaction` must be set for the role in the database.
   * @default true
   */
  readonly preparedStatements?: boolean;
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

/**
 * Opens a pool of connections to PostgreSQL. No connection is made yet.
 *
 * @throws TypeError if the connection string is not the URL of a PostgreSQL database
 */
export function openPostgres(options: PostgresOptions): Database {
  const { preparedStatements = true, onConnectionError } = options;
  const hosts = openHosts(hostsOptions(options));
  const sessionOn = (client: ClientBase): Session => ({
    query: (statement, values = []) => run(client, preparedStatements, statement, values),
  });
  return {
    engine: { name: 'PostgreSQL', survivesPowerLoss: true },
    // The statement fails with the connection; nobody needs to be told a second time.
    query: (statement, values) =>
      withClient(
        hosts,
        () => undefined,
        (client) => sessionOn(client).query(statement, values),
      ),
    transaction: (work) =>
      withClient(hosts, onConnectionError, (client) => transaction(client, sessionOn(client), work)),
    pool: () => hosts.state(),
    close: () => hosts.close(),
  };
}

function hostsOptions({ connectionString, connections = 10, limits, ...options }: PostgresOptions) {
  const urls = databaseUrls(connectionString);
  if (urls === undefined)
    throw new TypeError('connectionString must be a URL such as postgres://user:password@host/db');
  const { connect, lock, statement, answer, idleTransaction } = limits ?? defaultPostgresLimits;
  const settings = {
    lock_timeout: lock,
    statement_timeout: statement,
    idle_in_transaction_session_timeout: idleTransaction,
  };
  return {
    urls,
    max: connections,
    connectionTimeoutMillis: connect,
    query_timeout: answer,
    ...(options.preparedStatements !== false && settings),
    types: { getTypeParser },
    keepAlive: true,
    application_name: 'user-api',
    onConnectionError: options.onConnectionError,
  };
}

const getTypeParser: typeof types.getTypeParser = (type, format) =>
  type === types.builtins.JSONB ? storedJson : types.getTypeParser(type, format);

/** Lends a connection. One on which something else failed than a statement is not lent again. */
async function withClient<T>(
  hosts: PostgresHosts,
  onConnectionError: (error: Error) => void,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const client = await hosts.connect();
  // The pool itself listens to idle connections only.
  client.on('error', onConnectionError);
  let isReusable = true;
  try {
    return await work(client);
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : '';
    if (code === READ_ONLY) hosts.leave(client);
    isReusable = code !== '' && !CLOSING.test(code) && client.getTransactionStatus() === 'I';
    throw error;
  } finally {
    client.off('error', onConnectionError);
    client.release(!isReusable);
  }
}

const READ_ONLY = '25006';

/** With these the server ends the session, or is not the one to go on with. */
const CLOSING = /^(?:08|25006|25P|57P)/;

async function run(
  client: ClientBase,
  isPrepared: boolean,
  { name, text, timeout }: Statement,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  try {
    const config = {
      ...(isPrepared && { name }),
      text,
      values: [...values],
      ...(timeout !== undefined && { query_timeout: timeout }),
    };
    return (await client.query<Row>(config)).rows;
  } catch (error) {
    throw withoutValues(error, { name, text });
  }
}

async function transaction<T>(
  client: ClientBase,
  session: Session,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await client.query('begin');
  try {
    const result = await work(session);
    await client.query('commit');
    return result;
  } catch (error) {
    // If that fails too, the connection is closed, which has the same effect.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
