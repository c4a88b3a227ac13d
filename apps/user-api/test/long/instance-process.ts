import { setImmediate as nextTurn } from 'node:timers/promises';
import { createKeySet, createTokenVerifier } from '@contract-first/access-token';
import type { Database, Session } from '@contract-first/database';
import {
  createLogger,
  createMetrics,
  createReadiness,
  drainSteps,
  prepareShutdown,
  startAdminServer,
} from '@contract-first/service';
import { contract } from '@user-api/contract';
import { createApp } from '../../src/app.ts';
import { createUserStore } from '../../src/storage/sql-user-store.ts';
import { demoUser } from '../../src/users/demo-user.ts';

/*
 * One instance of the service with a database that always has the record, so that it starts at once.
 */

export interface InstanceSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Milliseconds. */
  readonly drainDelay: number;
}

export interface InstanceMessage {
  readonly url: string;
  readonly admin: string;
}

const { issuer, audience, drainDelay }: InstanceSettings = JSON.parse(process.argv[2] ?? '{}');

/** Answers some turns later, as a database does, so that requests are in flight when the order to stop comes. */
const session: Session = {
  async query(_statement, [id] = []) {
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    const date = new Date(0);
    return [{ id, attributes: demoUser.attributes, version: 1, created_at: date, updated_at: date }];
  },
};
const database: Database = {
  engine: { name: 'PostgreSQL', survivesPowerLoss: true },
  ...session,
  transaction: (work) => work(session),
  close: async () => undefined,
};

const users = createUserStore(database);
const keySet = createKeySet({ issuer, fetch, now: () => performance.now() });
const readiness = createReadiness({
  checks: [{ name: 'database', isReady: () => users.ping().then(() => true) }],
  now: () => performance.now(),
});
const logger = createLogger('warn');
const metrics = createMetrics(contract);
const authenticate = createTokenVerifier({
  issuer,
  audience,
  keySet,
  tokenProfile: 'rfc9068',
  clockTolerance: 5,
  now: Date.now,
});
const app = createApp({
  users,
  authenticators: { OAuth2: authenticate, OIDC: authenticate },
  logger,
  rateLimit: 0,
  bodyLimit: 65_536,
  requestTimeout: 30_000,
  trustProxy: [],
  contractViolations: 'refuse',
  observers: [metrics.exchanges],
  isDraining: readiness.isDraining,
});

await keySet.refresh();
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const admin = await startAdminServer({ host: '127.0.0.1', port: 0, readiness, registry: metrics.registry });
prepareShutdown({
  steps: [
    ...drainSteps({ app, delay: drainDelay, drain: readiness.drain }),
    { name: 'close the admin server', run: () => admin.close() },
  ],
  timeout: 60_000,
  logger,
});
const message: InstanceMessage = { url, admin: admin.origin };
process.send?.(message);
// Nothing more is said; the channel must not keep the process from ending.
process.disconnect?.();
