import { Counter, Gauge, type Registry } from 'prom-client';

/** A number that somebody else keeps, and that is read whenever the metrics are asked for. */
export interface StateMetric {
  readonly name: string;
  readonly help: string;
  /** A counter only ever grows, and its name ends in `_total`. */
  readonly type: 'gauge' | 'counter';
  /** @returns null for a number that is not known, which is left out */
  readonly read: () => number | null;
}

/** Adds the state of what a service depends on to its metrics. */
export function addStateMetrics(registry: Registry, metrics: readonly StateMetric[]): void {
  for (const metric of metrics) metric.type === 'gauge' ? addGauge(registry, metric) : addCounter(registry, metric);
}

function addGauge(registry: Registry, { name, help, read }: StateMetric): void {
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
}

function addCounter(registry: Registry, { name, help, read }: StateMetric): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read() ?? 0);
    },
  });
}
