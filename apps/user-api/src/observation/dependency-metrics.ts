import type { KeySetState } from '@contract-first/access-token';
import type { PoolState } from '@contract-first/database';
import { Gauge, type Registry } from 'prom-client';

/** What is read whenever the metrics are asked for. */
export interface Dependencies {
  readonly keySet: () => KeySetState;
  /** null for a database without a pool. */
  readonly pool: () => PoolState | null;
  readonly isDraining: () => boolean;
}

/** Adds the state of what the service depends on. A number that is not known is left out. */
export function addDependencyMetrics(registry: Registry, { keySet, pool, isDraining }: Dependencies): void {
  const add = (name: string, help: string, read: () => number | null): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const value = read();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  };
  add('service_draining', '1 while the service is being stopped.', () => (isDraining() ? 1 : 0));
  add('identity_keys', 'Keys of the identity provider that tokens are verified with.', () => keySet().keys);
  add('identity_keys_skipped', 'Keys of the identity provider that cannot be used.', () => keySet().skippedKeys);
  add('identity_keys_age_seconds', 'Time since the keys were loaded.', () => seconds(keySet().age));
  add('identity_key_fetches', 'How often the identity provider was asked for keys.', () => keySet().fetches);
  add('identity_key_fetch_failures', 'How often that failed.', () => keySet().failures);
  add('database_pool_connections', 'Open connections to the database.', () => pool()?.connections ?? null);
  add('database_pool_idle_connections', 'Those of them that nothing uses.', () => pool()?.idle ?? null);
  add('database_pool_waiting_requests', 'Statements that wait for a connection.', () => pool()?.waiting ?? null);
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}
