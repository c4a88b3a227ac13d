import type { KeySetState } from '@contract-first/access-token';
import type { PoolState } from '@contract-first/database';
import type { StateMetric } from '@contract-first/service';

/** What is read whenever the metrics are asked for. */
export interface Dependencies {
  readonly keySet: () => KeySetState;
  /** null for a database without a pool. */
  readonly pool: () => PoolState | null;
  readonly isDraining: () => boolean;
}

/** The state of what the service depends on. */
export function dependencyMetrics({ keySet, pool, isDraining }: Dependencies): readonly StateMetric[] {
  const gauge = (name: string, help: string, read: () => number | null): StateMetric => {
    return { type: 'gauge', name, help, read };
  };
  const counter = (name: string, help: string, read: () => number): StateMetric => {
    return { type: 'counter', name, help, read };
  };
  return [
    gauge('service_draining', '1 while the service is being stopped.', () => (isDraining() ? 1 : 0)),
    gauge('identity_keys', 'Keys of the identity provider that tokens are verified with.', () => keySet().keys),
    gauge('identity_keys_skipped', 'Keys of the identity provider that cannot be used.', () => keySet().skippedKeys),
    gauge('identity_keys_age_seconds', 'Time since the keys were loaded.', () => seconds(keySet().age)),
    counter('identity_key_fetches_total', 'Requests for the keys of the identity provider.', () => keySet().fetches),
    counter('identity_key_fetch_failures_total', 'Those of them that failed.', () => keySet().failures),
    gauge('database_pool_connections', 'Open connections to the database.', () => pool()?.connections ?? null),
    gauge('database_pool_idle_connections', 'Those of them that nothing uses.', () => pool()?.idle ?? null),
    gauge('database_pool_waiting_requests', 'Statements that wait for a connection.', () => pool()?.waiting ?? null),
  ];
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}
