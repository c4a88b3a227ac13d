import type { KeySet } from '@contract-first/access-token';
import {
  addStateMetrics,
  createMetrics,
  createReadiness,
  type Metrics,
  type Readiness,
  startTracing,
  type Tracing,
} from '@contract-first/service';
import { contract } from '@user-api/contract';
import type { Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.ts';
import type { UserStore } from '../storage/user-store.ts';
import { dependencyMetrics } from './dependency-metrics.ts';

/** What makes the service visible to those who run it. */
export interface Observation {
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** null without a collector. */
  readonly tracing: Tracing | null;
}

export interface ObservedParts {
  readonly users: UserStore;
  readonly keySet: KeySet;
  readonly logger: Logger;
}

/** Makes what the service is seen by; {@link Observation.tracing} has to be closed. */
export async function observe({ tracing }: Configuration, parts: ObservedParts): Promise<Observation> {
  const { users, keySet, logger } = parts;
  const readiness = createReadiness({
    checks: [
      { name: 'database', isReady: () => users.ping().then(() => true) },
      { name: 'identity provider keys', isReady: () => isLoaded(keySet) },
    ],
    now: () => performance.now(),
  });
  const metrics = createMetrics(contract);
  const state = dependencyMetrics({
    keySet: () => keySet.state(),
    pool: () => users.pool(),
    isDraining: readiness.isDraining,
  });
  addStateMetrics(metrics.registry, state);
  const onFailure = (error: Error): void => logger.warn({ err: error }, 'spans could not be delivered');
  return {
    readiness,
    metrics,
    tracing: tracing && (await startTracing({ ...tracing, serviceVersion: contract.version, onFailure })),
  };
}

/** While there are no keys, no requests come that would make the key set ask for them again. */
async function isLoaded(keySet: KeySet): Promise<boolean> {
  if (!keySet.ready()) await keySet.refresh();
  return keySet.ready();
}
