import { addStateMetrics, createMetrics } from '@contract-first/service';
import { rawRequest, TEST_USER } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { afterAll, expect, test } from 'vitest';
import { dependencyMetrics } from '../../src/observation/dependency-metrics.ts';
import { startService } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

const metrics = createMetrics(contract);
const service = await startService({
  app: { observers: [metrics.exchanges], onShed: metrics.onShed, maxInFlight: 50 },
  verifier: { onLookup: metrics.onTokenLookup },
});
afterAll(() => service.close());

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

async function samples(prefix: string): Promise<readonly Sample[]> {
  const all = await metrics.registry.getMetricsAsJSON();
  return all
    .flatMap(({ name, values }) =>
      values.map((value) => ({
        name: 'metricName' in value && typeof value.metricName === 'string' ? value.metricName : name,
        labels: Object.fromEntries(Object.entries(value.labels).map(([label, text]) => [label, text ?? ''])),
        value: value.value,
      })),
    )
    .filter(({ name }) => name.startsWith(prefix));
}

/** How many requests were counted under an operation and a status. */
async function requests(operation: string, status: string): Promise<number> {
  const counts = await samples('http_server_request_duration_seconds_count');
  return counts.find(({ labels }) => labels['operation'] === operation && labels['status'] === status)?.value ?? 0;
}

test('requests, latency and errors are counted by operation and status', async () => {
  await service.send();
  await service.send();
  await service.patch({ firstName: 'Jane' });
  await service.patch({ firstName: 'Jane' }, { token: null });
  await expect.poll(() => requests('UpdateUser', '401')).toBe(1);
  expect(await requests('GetUser', '200')).toBe(2);
  expect(await requests('UpdateUser', '200')).toBe(1);
  const buckets = await samples('http_server_request_duration_seconds_bucket');
  const largest = buckets.filter(({ labels }) => labels['operation'] === 'GetUser' && labels['le'] === '+Inf');
  expect(largest.map(({ value }) => value)).toEqual([2]);
  expect(await samples('http_server_requests_in_flight')).toMatchObject([{ value: 0 }]);
});

test('what matches no operation is counted under one name: unknown paths and methods', async () => {
  await service.send({ path: '/people/1' });
  await service.send({ path: '/people/2' });
  await service.send({ method: 'POST' });
  const [line] = [`GET ${new URL(service.url).pathname}/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`];
  expect((await rawRequest(service.url, [line])).status).toBe(404);
  await expect.poll(() => requests('unmatched', '404')).toBe(3);
  expect(await requests('unmatched', '405')).toBe(1);
});

test('A25 label values are operations, statuses and fixed words; a flood of inventions adds no series', async () => {
  for (let round = 0; round < 30; round += 1) {
    await service.send({ method: `M${round}`, path: `${userPath()}/${round}` }).catch(() => undefined);
    await service.send({
      path: `${userPath(`${round}`)}?email=john${round}@example.com`,
      headers: { 'x-request-id': `r${round}` },
    });
  }
  const names = new Set([...Object.keys(contract.operations), 'unmatched']);
  const counted = await samples('http_server_');
  for (const { labels } of counted.filter(({ labels: own }) => 'operation' in own)) {
    expect(names).toContain(labels['operation']);
    expect(labels['status']).toMatch(/^(?:[1-5]\d\d|none)$/);
  }
  const text = await metrics.registry.metrics();
  expect(text).not.toMatch(new RegExp(`${TEST_USER}|example\\.com|127\\.0\\.0\\.1|eyJ|John|/users`));
});

test('broken replies, shed requests and token lookups are counted', async () => {
  metrics.onContractViolation({ operationId: 'GetUser', status: 200, faults: ['body /data: must be object'] });
  metrics.onShed('in_flight');
  expect(await samples('contract_violations_total')).toContainEqual(
    expect.objectContaining({ labels: { operation: 'GetUser' }, value: 1 }),
  );
  expect(await samples('http_server_requests_shed_total')).toContainEqual(
    expect.objectContaining({ labels: { reason: 'in_flight' }, value: 1 }),
  );
  const before = await lookups();
  const token = service.token({ jti: 'counted' });
  await service.send({ token });
  await service.send({ token });
  const after = await lookups();
  expect({ hit: after.hit - before.hit, miss: after.miss - before.miss }).toEqual({ hit: 1, miss: 1 });
});

async function lookups() {
  const found = await samples('token_cache_lookups_total');
  const count = (result: string) => found.find(({ labels }) => labels['result'] === result)?.value ?? 0;
  return { hit: count('hit'), miss: count('miss') };
}

test('every counter is there before its first event, and only counters are called total', async () => {
  const { registry } = createMetrics(contract);
  addStateMetrics(
    registry,
    dependencyMetrics({
      keySet: () => ({ keys: 0, skippedKeys: 0, fetches: 0, failures: 0, age: null }),
      pool: () => null,
      isDraining: () => false,
    }),
  );
  const all = await registry.getMetricsAsJSON();
  const own = all.filter(({ name }) => !/^(?:process|nodejs)_/.test(name));
  for (const { name, type, values } of own) {
    expect(name.endsWith('_total')).toBe(String(type) === 'counter');
    if (String(type) === 'counter') expect(values, name).not.toEqual([]);
  }
  const text = await registry.metrics();
  for (const operation of Object.keys(contract.operations)) {
    expect(text).toContain(`contract_violations_total{operation="${operation}"} 0`);
    expect(text).toContain(`http_server_errors_total{operation="${operation}",status="501"} 0`);
    expect(text).toContain(`http_server_errors_total{operation="${operation}",status="503"} 0`);
  }
});

test('an unexpected failure is counted as an error', async () => {
  const failing = createMetrics(contract);
  const broken = await startService({
    app: { observers: [failing.exchanges] },
    wrapStore: (users) => ({ ...users, get: () => Promise.reject(new Error('defect')) }),
  });
  expect((await broken.send()).status).toBe(501);
  await expect
    .poll(async () =>
      (await failing.registry.metrics()).includes('http_server_errors_total{operation="GetUser",status="501"} 1'),
    )
    .toBe(true);
  await broken.close();
});

test('the state of pool and key set is read when the metrics are', async () => {
  const { registry } = createMetrics(contract);
  let pool: { connections: number; idle: number; waiting: number } | null = null;
  const keySet = { keys: 2, skippedKeys: 1, fetches: 5, failures: 3, age: 1500 };
  addStateMetrics(registry, dependencyMetrics({ keySet: () => keySet, pool: () => pool, isDraining: () => true }));
  const lines = async () =>
    (await registry.metrics()).split('\n').filter((line) => /^(?:identity|database|service)_/.test(line));
  const identity = [
    'service_draining 1',
    'identity_keys 2',
    'identity_keys_skipped 1',
    'identity_keys_age_seconds 1.5',
    'identity_key_fetches_total 5',
    'identity_key_fetch_failures_total 3',
  ];
  expect(await lines()).toEqual(identity);
  pool = { connections: 10, idle: 4, waiting: 7 };
  expect(await lines()).toEqual([
    ...identity,
    'database_pool_connections 10',
    'database_pool_idle_connections 4',
    'database_pool_waiting_requests 7',
  ]);
});

test('the process has its own metrics, the delay of its event loop among them', async () => {
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});
