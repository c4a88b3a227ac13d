import type { Binaries } from '@contract-first/testing';
import { createCluster, durable } from '@contract-first/testing';
import { startIdentity } from '../harness/identity.ts';
import { type ServiceProcess, superviseService, untilStarted } from '../harness/service-process.ts';
import { importUsers } from '../ledger/import-records.ts';
import { type LoadThread, startLoadThread } from './thread.ts';
import { createLoadUsers, type LoadUser } from './users.ts';

/** The service as in production with its database, and who puts it under load. */
export interface LoadStage extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly service: ServiceProcess;
  readonly users: readonly LoadUser[];
  readonly thread: LoadThread;
}

/** No multiple of the five requests that come in turn, so that every user reads and changes. */
const USERS = 211;

/** Milliseconds in which the service must start. */
const START = 60_000;

/** @param environment variables of the service beside those that it needs */
export async function startLoadStage(
  binaries: Binaries,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<LoadStage> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.adopt(await createCluster(binaries, durable), (made) => made.remove());
  await cluster.start();
  signal.throwIfAborted();
  const { issuer } = stack.use(await startIdentity());
  signal.throwIfAborted();
  const users = await createLoadUsers(issuer, USERS);
  const ids = users.map(({ id }) => id);
  await importUsers(cluster.url, ids);
  signal.throwIfAborted();
  const service = stack.use(await superviseService({ databaseUrl: cluster.url, issuer, environment }));
  await untilStarted(service, START, signal);
  const thread = stack.use(startLoadThread({ port: service.port, users }));
  const started = stack.move();
  return { databaseUrl: cluster.url, service, users, thread, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

/** Milliseconds that the service has for the first answer after too much load: what it tells clients to wait. */
const RECOVERY = 1_000;

/**
 * Waits until the service answers as if nothing had been.
 *
 * @returns milliseconds until then; null if it takes longer than a second
 */
export async function untilNormal({ service, users }: LoadStage): Promise<number | null> {
  const begin = performance.now();
  while (performance.now() - begin < RECOVERY) {
    if (await isNormal(service, users[0])) return performance.now() - begin;
  }
  return null;
}

async function isNormal({ url, adminUrl }: ServiceProcess, user: LoadUser | undefined): Promise<boolean> {
  const headers = { authorization: `Bearer ${user?.token}` };
  const places = [`${adminUrl}/livez`, `${adminUrl}/readyz`, `${url}/users/${user?.id}`];
  for (const place of places) {
    const response = await fetch(place, { headers, signal: AbortSignal.timeout(RECOVERY) });
    await response.bytes();
    if (response.status !== 200) return false;
  }
  return true;
}
