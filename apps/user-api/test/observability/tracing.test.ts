import { startTracing } from '@contract-first/service';
import { TEST_USER } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';
import { type ReceivedSpan, startCollector } from './collector.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const SERVER = 2;
const ERROR = 2;

const collector = await startCollector();
const failures: Error[] = [];
const tracing = await startTracing({
  endpoint: `${collector.endpoint}/`,
  serviceName: 'user-api-test',
  serviceVersion: '1.2.3',
  onFailure: (error) => failures.push(error),
});
const service = await startService({
  app: { observers: [tracing.exchanges] },
  wrapStore: (users) => ({
    ...users,
    patch: () => Promise.reject(new Error('defect')),
  }),
});

await service.send({ headers: { traceparent: `00-${TRACE}-${PARENT}-01`, 'user-agent': 'John/1.0' } });
await service.send({ headers: { traceparent: `00-${'0'.repeat(32)}-${PARENT}-01` } });
await service.send({ headers: { traceparent: `00-${'1'.repeat(32)}-${PARENT}-00` } });
await service.patch({ firstName: 'Jane' });
await service.send({ path: `/people/${TEST_USER}?email=john@example.com` });
await service.close();
await tracing.close();
afterAll(() => collector.close());

function named(name: string): readonly ReceivedSpan[] {
  return collector.spans().filter((span) => span.name === name);
}

test('a span is named by its operation and tells method, route and status', () => {
  const [span] = named('GetUser');
  expect(span).toMatchObject({
    kind: SERVER,
    attributes: { 'http.request.method': 'GET', 'http.route': userPath('{userId}') },
  });
  expect(Number(span?.attributes['http.response.status_code'])).toBe(200);
  expect(BigInt(span?.endTimeUnixNano ?? 0)).toBeGreaterThan(BigInt(span?.startTimeUnixNano ?? 0));
  expect(span?.status.code ?? 0).toBe(0);
});

test("the caller's trace goes on; one that is malformed does not", () => {
  const [first, second] = named('GetUser');
  expect(first).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
  expect(second?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(second?.traceId).not.toBe('0'.repeat(32));
  expect(second?.parentSpanId ?? '').toBe('');
});

test('what the caller does not record is not recorded here', () => {
  expect(named('GetUser')).toHaveLength(2);
});

test('a failure is an error', () => {
  expect(named('UpdateUser')).toMatchObject([{ status: { code: ERROR }, attributes: { 'error.type': '501' } }]);
});

test('what matches no operation has one name and no route', () => {
  expect(named('unmatched')).toMatchObject([{ attributes: { 'http.request.method': 'GET' } }]);
  expect(named('unmatched')[0]?.attributes).not.toHaveProperty('http.route');
});

test('A25 nothing of a person is delivered: no id, query, token, address, agent, and no other attribute than named', () => {
  const text = collector.bodies.join('\n');
  expect(text).not.toMatch(new RegExp(`${TEST_USER}|john|eyJ|127\\.0\\.0\\.1|Jane|example\\.com`, 'i'));
  const names = collector.spans().flatMap(({ attributes }) => Object.keys(attributes));
  expect([...new Set(names)].sort()).toEqual([
    'error.type',
    'http.request.method',
    'http.response.status_code',
    'http.route',
  ]);
});

test('the service says who it is, and delivers where OTLP over HTTP is taken', () => {
  expect(collector.resource()).toMatchObject({ 'service.name': 'user-api-test', 'service.version': '1.2.3' });
  expect(new Set(collector.paths)).toEqual(new Set(['POST /v1/traces']));
  expect(failures).toEqual([]);
});

test('a collector that takes nothing is told of, and nothing else is kept from being done', async () => {
  const refusing = await startCollector(400);
  const errors: Error[] = [];
  const lost = await startTracing({
    endpoint: refusing.endpoint,
    serviceName: 'user-api-test',
    serviceVersion: '1.2.3',
    onFailure: (error) => errors.push(error),
  });
  const now = Date.now();
  lost.exchanges.onEnd({ operation: null, method: 'GET', status: 200, requestHeaders: {}, startedAt: now, seconds: 0 });
  await lost.close();
  expect(errors.length).toBeGreaterThan(0);
  await refusing.close();
});
