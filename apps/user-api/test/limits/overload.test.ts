import type { ObservedExchange } from '@contract-first/service';
import { expectErrorDocument, type ServiceResponse } from '@contract-first/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { holdReads } from '../support/held-store.ts';
import { startService, type TestService, type TestServiceOptions } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

// Services take a while to start on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

async function start(options: TestServiceOptions): Promise<TestService> {
  const service = await startService(options);
  services.push(service);
  return service;
}

test('R8 beyond the limit in flight a request gets 503 with Retry-After before anything is done for it', async () => {
  const store = holdReads();
  const reasons: string[] = [];
  const app = { maxInFlight: 2, onShed: (reason: string) => void reasons.push(reason) };
  const service = await start({ app, wrapStore: store.wrap });
  const accepted = [service.send(), service.send()];
  await store.until(2, accepted);
  const calls = service.storeCalls.count;
  const shed = await Promise.all([service.send(), service.send({ token: null }), service.patch({ firstName: 'x' })]);
  for (const response of shed) {
    expectErrorDocument(response, 503);
    expect(response.headers['retry-after']).toBe('1');
  }
  expect(service.storeCalls.count).toBe(calls);
  expect(reasons).toEqual(['in_flight', 'in_flight', 'in_flight']);
  store.release();
  expect((await Promise.all(accepted)).map(({ status }) => status)).toEqual([200, 200]);
});

test('R8 a flood is answered in whole: as many as the limit are taken, the rest at once refused, and all places free again', async () => {
  const limit = 3;
  const flood = 60;
  const store = holdReads();
  const service = await start({ app: { maxInFlight: limit }, wrapStore: store.wrap });
  const statuses: number[] = [];
  const replies = Array.from({ length: flood }, async () => {
    const { status } = await service.send();
    // The last ones to be answered are those that were taken.
    if (statuses.push(status) === flood - limit) store.release();
  });
  await Promise.all(replies);
  expect(statuses.slice(-limit)).toEqual(Array.from({ length: limit }, () => 200));
  expect(statuses.filter((status) => status === 200)).toHaveLength(limit);
  expect(statuses.filter((status) => status === 503)).toHaveLength(flood - limit);
  const afterwards = [await service.send(), await service.send(), await service.send(), await service.send()];
  expect(afterwards.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test('R8 a client that leaves gives its place back', async () => {
  const store = holdReads();
  const service = await start({ app: { maxInFlight: 1 }, wrapStore: store.wrap });
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${service.token()}` };
  const url = service.url + userPath();
  const answer = fetch(url, { headers, signal: leaving.signal });
  const left = answer.catch(() => 'left');
  await store.until(1, [answer]);
  expect((await service.send()).status).toBe(503);
  leaving.abort();
  expect(await left).toBe('left');
  store.release();
  await expect.poll(async () => (await service.send()).status, { timeout: 15_000 }).toBe(200);
});

test('R8 while too many statements wait for the database, requests get 503 before anything is done for them', async () => {
  const reasons: string[] = [];
  let waiting = 4;
  const service = await start({
    app: { maxDatabaseQueue: 5, onShed: (reason) => void reasons.push(reason) },
    wrapStore: (users) => ({ ...users, pool: () => ({ connections: 10, idle: 0, waiting }) }),
  });
  expect((await service.send()).status).toBe(200);
  waiting = 5;
  const calls = service.storeCalls.count;
  const shed = await service.send();
  expectErrorDocument(shed, 503);
  expect(shed.headers['retry-after']).toBe('1');
  expect(service.storeCalls.count).toBe(calls);
  expect(reasons).toEqual(['database_queue']);
  waiting = 0;
  expect((await service.send()).status).toBe(200);
});

test('R8 a store without a pool has no such queue', async () => {
  const service = await start({
    app: { maxDatabaseQueue: 1 },
    wrapStore: (users) => ({ ...users, pool: () => null }),
  });
  expect((await service.send()).status).toBe(200);
});

test('R8 while the event loop is late, requests get 503, and 200 once it is in time again', async () => {
  const reasons: string[] = [];
  const service = await start({
    app: { maxEventLoopDelay: 100, onShed: (reason) => void reasons.push(reason) },
  });
  expect((await service.send()).status).toBe(200);
  const during: number[] = [];
  // The delay is measured over parts of a second: each round blocks the loop for most of one.
  for (let round = 0; round < 3; round += 1) {
    const pending = service.send();
    block(400);
    during.push((await pending).status);
  }
  expect(during).toContain(503);
  expect(reasons).toContain('event_loop_delay');
  await expect.poll(async () => (await service.send()).status, { timeout: 15_000, interval: 100 }).toBe(200);
});

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('R8 while there is too much to do', () => {
  const store = holdReads();
  const seen: unknown[] = [];
  const observer = {
    onEnd: ({ operation, status }: ObservedExchange) => void seen.push([operation?.operationId, status]),
  };
  let isDraining = false;
  let service: TestService;
  let accepted: Promise<ServiceResponse>;

  /** A service whose only place is taken until all tests are done. */
  beforeAll(async () => {
    const limits = { maxInFlight: 1, rateLimit: 1, rateLimitSubject: 1 };
    const app = { ...limits, observers: [observer], isDraining: () => isDraining };
    service = await startService({ app, wrapStore: store.wrap });
    accepted = service.send();
    await store.until(1, [accepted]);
  });
  afterAll(async () => {
    store.release();
    expect((await accepted).status).toBe(200);
    await service.close();
  });

  test('and it is about to stop, a refusal ends its connection', async () => {
    isDraining = true;
    const shed = await service.send();
    isDraining = false;
    expectErrorDocument(shed, 503);
    expect(shed.headers).toMatchObject({ connection: 'close' });
  });

  test('refusals are counted under the operation that was asked for', async () => {
    for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE']) await service.send({ method });
    const expected = [
      ['GetUser', 503],
      ['GetUser', 503],
      ['UpdateUser', 503],
      [undefined, 503],
    ];
    // That of the request before may come only now.
    await expect.poll(() => seen.slice(-expected.length)).toEqual(expected);
  });
});
