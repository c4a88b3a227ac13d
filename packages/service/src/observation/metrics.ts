import type { Contract, Operation } from '@contract-first/core';
import type { ContractViolation } from '@contract-first/server';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { OVERLOAD_REASONS, type OverloadReason } from '../limits/overload.ts';
import type { ExchangeObserver } from './exchanges.ts';

/**
 * The metrics of one service. Label values come from the operation table and from fixed lists, never from a request, so
 * that there is nothing personal in them (rule A25) and nobody can make their number grow.
 */
export interface Metrics {
  readonly registry: Registry;
  readonly exchanges: ExchangeObserver;
  onContractViolation(violation: ContractViolation): void;
  onShed(reason: OverloadReason): void;
  /** A token was looked for in the cache of verified ones. */
  onTokenLookup(isHit: boolean): void;
}

/** Requests that match no operation share one label. */
const UNMATCHED = 'unmatched';

/** The status of overload and outages, which any operation may answer. */
const OUTAGE = '503';

/** Seconds. The service answers in milliseconds, and gives up on its database after one second. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Makes the metrics of a service. Every counter is there from the start with each of its label values, because a rate
 * over a series misses the event with which the series begins.
 */
export function createMetrics<Operations>(contract: Contract<Operations>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const operations = Object.values<Operation>(contract.operations);
  const { violations, shed, lookups } = createCounters(registry, operations);
  return {
    registry,
    exchanges: createExchangeMetrics(registry, operations),
    onContractViolation: ({ operationId }) => violations.inc({ operation: operationId }),
    onShed: (reason) => shed.inc({ reason }),
    onTokenLookup: (isHit) => lookups.inc({ result: isHit ? 'hit' : 'miss' }),
  };
}

function createExchangeMetrics(registry: Registry, operations: readonly Operation[]): ExchangeObserver {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from the arrival of the header section to the end of the reply; its count is the number of requests.',
    labelNames: ['operation', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'http_server_errors_total',
    help: 'Replies with a status of 500 or more.',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  for (const { operationId, responses } of operations) {
    const failures = Object.keys(responses).filter((status) => /^5\d\d$/.test(status));
    for (const status of new Set([...failures, OUTAGE])) errors.inc({ operation: operationId, status }, 0);
  }
  const inFlight = new Gauge({
    name: 'http_server_requests_in_flight',
    help: 'Requests that are being worked on.',
    registers: [registry],
  });
  return {
    onStart: () => inFlight.inc(),
    onEnd({ operation, status, seconds }) {
      inFlight.dec();
      const labels = { operation: operation?.operationId ?? UNMATCHED, status: status === null ? 'none' : `${status}` };
      duration.observe(labels, seconds);
      if (status !== null && status >= 500) errors.inc(labels);
    },
  };
}

function createCounters(registry: Registry, operations: readonly Operation[]) {
  const violations = new Counter({
    name: 'contract_violations_total',
    help: 'Replies that broke the contract.',
    labelNames: ['operation'],
    registers: [registry],
  });
  const shed = new Counter({
    name: 'http_server_requests_shed_total',
    help: 'Requests turned away because of overload.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const lookups = new Counter({
    name: 'token_cache_lookups_total',
    help: 'Tokens looked for among those that were verified before.',
    labelNames: ['result'],
    registers: [registry],
  });
  for (const { operationId } of operations) violations.inc({ operation: operationId }, 0);
  for (const reason of OVERLOAD_REASONS) shed.inc({ reason }, 0);
  for (const result of ['hit', 'miss']) lookups.inc({ result }, 0);
  return { violations, shed, lookups };
}
