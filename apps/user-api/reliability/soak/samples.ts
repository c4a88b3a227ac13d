import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from '@contract-first/testing';
import { readMetrics } from '../harness/metrics-page.ts';
import type { ServiceProcess } from '../harness/service-process.ts';
import type { SeriesRule } from './series.ts';

/** A series, and where its numbers come from. */
export interface Source extends SeriesRule {
  /** Of the service; null for what the database says. */
  readonly metric: string | null;
  /** The unit of the metric in that of the series. */
  readonly unit: number;
}

/** Connections that the service may have to its database. */
const POOL = 10;

const MEGABYTE = 1 / 1e6;

export const sources: readonly Source[] = [
  ...[
    { name: 'heap, MB', metric: 'nodejs_heap_size_used_bytes', tolerance: { share: 0.05, slack: 1 } },
    { name: 'memory outside of it, MB', metric: 'nodejs_external_memory_bytes', tolerance: { share: 0.05, slack: 1 } },
    { name: 'resident memory, MB', metric: 'process_resident_memory_bytes', tolerance: { share: 0.1, slack: 20 } },
  ].map((source): Source => ({ ...source, unit: MEGABYTE, level: 'minimum', remainder: null })),
  ...[
    { name: 'handles', metric: 'nodejs_active_handles_total', slack: 10, remainder: 2 },
    { name: 'open files', metric: 'process_open_fds', slack: 10, remainder: 2 },
    { name: 'requests in flight', metric: 'http_server_requests_in_flight', slack: 10, remainder: 0 },
    { name: 'statements that wait', metric: 'database_pool_waiting_requests', slack: 5, remainder: 0 },
    { name: 'connections in the pool', metric: 'database_pool_connections', slack: 2, remainder: 0, most: POOL },
    { name: 'sessions in the database', metric: null, slack: 2, remainder: 0, most: POOL },
  ].map(({ slack, ...rest }): Source => ({ ...rest, unit: 1, level: 'median', tolerance: { share: 0.2, slack } })),
  {
    name: 'event loop late, p99 ms',
    metric: 'nodejs_eventloop_lag_p99_seconds',
    unit: 1_000,
    level: 'median',
    tolerance: { share: 1, slack: 50 },
    remainder: null,
  },
];

/** Takes the number of every source at one moment, in their order. */
export type Sampler = () => Promise<readonly number[]>;

export function createSampler(service: ServiceProcess, binaries: Binaries, databaseUrl: string): Sampler {
  const psql = join(dirname(binaries.postgres), 'psql');
  // Some distributions of the server come without it: the series stays at 0.
  const sessions = existsSync(psql) ? () => countSessions(psql, databaseUrl) : async () => 0;
  return async () => {
    const page = await readMetrics(service);
    const inDatabase = await sessions();
    return sources.map(({ metric, unit }) => (metric === null ? inDatabase : (page.value(metric) ?? 0)) * unit);
  };
}

const SESSIONS = `select count(*) from pg_stat_activity where application_name = 'user-api'`;

async function countSessions(psql: string, databaseUrl: string): Promise<number> {
  const { PATH } = process.env;
  const { stdout } = await promisify(execFile)(psql, ['-Atqc', SESSIONS, databaseUrl], { env: { PATH } });
  return Number(stdout);
}
