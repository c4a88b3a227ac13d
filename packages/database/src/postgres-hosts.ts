import { Client, type ClientConfig, Pool, type PoolClient } from 'pg';
import type { PoolState } from './database.ts';

export interface PostgresHostsOptions extends ClientConfig {
  /** One for each host; at least one. */
  readonly urls: readonly string[];
  /** Connections at the most. */
  readonly max: number;
  /** Milliseconds to wait for a free connection, or for a new one: the hosts that are tried for it share them. */
  readonly connectionTimeoutMillis: number;
  /** Told of a connection that broke while no statement ran on it. */
  readonly onConnectionError: (error: Error) => void;
}

/** Connections to the one host of several that takes writes. */
export interface PostgresHosts {
  /** @throws the driver's error of the last host if no host gives a connection */
  connect(): Promise<PoolClient>;
  /** Lets new connections lead to the next host, because the one of this connection takes no writes any more. */
  leave(client: PoolClient): void;
  /** Of all hosts together. */
  state(): PoolState;
  close(): Promise<void>;
}

/** The host that was reached is a standby, or takes no writes for another reason. */
export class ReadOnlyHostError extends Error {
  override readonly name = 'ReadOnlyHostError';
  /** SQLSTATE read_only_sql_transaction. */
  readonly code = '25006';

  constructor() {
    super('the database takes no writes');
  }
}

/**
 * Makes a pool for each host. The first host that can be reached and takes writes is used until a connection to it
 * fails. A single host is not asked whether it takes writes.
 */
export function openHosts(options: PostgresHostsOptions): PostgresHosts {
  const pools = options.urls.map((url) => createPool(url, options));
  const clients = new WeakMap<PoolClient, number>();
  let current = 0;

  const advance = (from: number): void => {
    if (current === from) current = (current + 1) % pools.length;
  };
  const connectTo = async (index: number): Promise<PoolClient> => {
    const pool = pools[index];
    if (pool === undefined) throw new TypeError('a database needs at least one host');
    const client = await pool.connect();
    clients.set(client, index);
    return client;
  };
  return {
    async connect() {
      for (let attempt = 1; ; attempt += 1) {
        const index = current;
        try {
          return await connectTo(index);
        } catch (error) {
          if (isExhausted(error)) throw error;
          advance(index);
          if (attempt >= pools.length) throw error;
        }
      }
    },
    leave: (client) => advance(clients.get(client) ?? current),
    state: () => ({
      connections: sum(pools, ({ totalCount }) => totalCount),
      idle: sum(pools, ({ idleCount }) => idleCount),
      waiting: sum(pools, ({ waitingCount }) => waitingCount),
    }),
    async close() {
      await Promise.all(pools.map((pool) => pool.ending || pool.end()));
    },
  };
}

function sum(pools: readonly Pool[], count: (pool: Pool) => number): number {
  return pools.reduce((total, pool) => total + count(pool), 0);
}

function createPool(url: string, { urls, onConnectionError, ...options }: PostgresHostsOptions): Pool {
  const config = { ...options, connectionString: url };
  class HostClient extends Client {
    constructor() {
      super({ ...config, connectionTimeoutMillis: Math.ceil(options.connectionTimeoutMillis / urls.length) });
    }
  }
  const pool = new Pool({ ...config, Client: HostClient, ...(urls.length > 1 && { onConnect: requireWritable }) });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', onConnectionError);
  return pool;
}

/** The pool closes the new connection if this fails. */
async function requireWritable(client: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
  if (rows[0]?.transaction_read_only !== 'off') throw new ReadOnlyHostError();
}

/** All connections are in use: another host would not help. The pool's error has no code. */
function isExhausted(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}
