import type { ObservedExchange } from '@contract-first/service';
import { watchEventLoopDelay } from '@contract-first/service';
import {
  exchangeBytes,
  expectErrorDocument,
  openConnection,
  requestHead,
  type ServiceRequest,
  type ServiceResponse,
} from '@contract-first/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { UserStore } from '../../src/storage/user-store.ts';
import { startService, type TestService, type TestServiceOptions } from '../support/service.ts';

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

/** A store whose reads wait until they are released. */
function heldStore() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const waiting: (() => void)[] = [];
  let held = 0;
  return {
    release,
    /** Resolves once so many reads wait. */
    async until(count: number) {
      while (held < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    wrap: (users: UserStore): UserStore => ({
      ...users,
      async get(id) {
        held += 1;
        for (const wake of waiting.splice(0)) wake();
        await released;
        return users.get(id);
      },
    }),
  };
}

test('R8 beyond the limit in flight a request gets 503 with Retry-After before anything is done for it', async () => {
  const store = heldStore();
  const reasons: string[] = [];
  const app = { maxInFlight: 2, onShed: (reason: string) => void reasons.push(reason) };
  const service = await start({ app, wrapStore: store.wrap });
  const accepted = [service.send(), service.send()];
  await store.until(2);
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
  const store = heldStore();
  const { promise: refusedAll, resolve: tellRefused } = Promise.withResolvers<void>();
  let refused = 0;
  const service = await start({ app: { maxInFlight: limit }, wrapStore: store.wrap });
  const replies = Array.from({ length: flood }, async () => {
    const { status } = await service.send();
    if (status === 503) refused += 1;
    if (refused === flood - limit) tellRefused();
    return status;
  });
  await refusedAll;
  store.release();
  const statuses = await Promise.all(replies);
  expect(statuses.filter((status) => status === 200)).toHaveLength(limit);
  expect(statuses.filter((status) => status === 503)).toHaveLength(flood - limit);
  const afterwards = [await service.send(), await service.send(), await service.send(), await service.send()];
  expect(afterwards.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test('R8 a client that leaves gives its place back', async () => {
  const store = heldStore();
  const service = await start({ app: { maxInFlight: 1 }, wrapStore: store.wrap });
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${service.token()}` };
  const url = `${service.url}/users/c0daf39b-4df5-4241-9e7d-b1b85f829090`;
  const left = fetch(url, { headers, signal: leaving.signal }).catch(() => 'left');
  await store.until(1);
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

test('R8 a refusal is no failure: it writes no error line, which would cost more than the refusal', async () => {
  const store = heldStore();
  const service = await start({ app: { maxInFlight: 1 }, wrapStore: store.wrap });
  const accepted = service.send();
  await store.until(1);
  const { headers } = await service.send();
  store.release();
  await accepted;
  const lines = service.logLines
    .map((line) => JSON.parse(line))
    .filter(({ reqId }) => reqId === headers['x-request-id']);
  expect(lines.map(({ level }) => level)).not.toContain('error');
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'request refused', codes: ['service-unavailable'] }));
});

test('R8 the event loop is late, too, while so much comes in that no timer gets its turn', () => {
  const delay = watchEventLoopDelay();
  // Nothing is measured in one go: there is not one sample.
  block(600);
  const late = delay.milliseconds();
  delay.stop();
  expect(late).toBeGreaterThanOrEqual(600);
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
  const origin = 'https://app.example';
  const store = heldStore();
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
    const app = { ...limits, corsOrigins: [origin], observers: [observer], isDraining: () => isDraining };
    service = await startService({ app, wrapStore: store.wrap });
    accepted = service.send();
    await store.until(1);
  });
  afterAll(async () => {
    store.release();
    expect((await accepted).status).toBe(200);
    await service.close();
  });

  test('nothing is found out about a request: 503 comes before every other refusal', async () => {
    const calls = service.storeCalls.count;
    const requests: readonly ServiceRequest[] = [
      {},
      { path: '/nowhere' },
      { method: 'DELETE' },
      { method: 'OPTIONS' },
      { token: null },
      { headers: { accept: 'text/html' } },
      { method: 'PATCH', headers: { 'content-type': 'text/plain' }, body: 'x' },
      { method: 'PATCH', body: '{' },
    ];
    for (const request of requests) {
      const response = await service.send(request);
      expectErrorDocument(response, 503);
      expect(response.headers).toMatchObject({ 'retry-after': '1', connection: 'keep-alive' });
    }
    expect(service.storeCalls.count).toBe(calls);
  });

  test('what is wrong with the message itself is still told, and ends its connection where its end is in doubt', async () => {
    for (const lines of [['transfer-encoding: gzip, chunked'], ['host: x', 'host: y'], ['host: /']]) {
      const { status, headers } = await exchangeBytes(service.url, requestHead('PATCH', '/', ...lines));
      expect([status, headers['connection']]).toEqual([400, 'close']);
    }
    const long = await exchangeBytes(service.url, requestHead('GET', `/${'x'.repeat(8192)}`));
    expect(long.status).toBe(414);
    const unexpected = await exchangeBytes(service.url, requestHead('PATCH', '/', 'expect: something'));
    expect(unexpected.status).toBe(417);
  });

  test('the body of a refused change is not taken for the next request', async () => {
    const body = requestHead('GET', '/');
    const change = requestHead('PATCH', '/', `content-length: ${body.length}`) + body;
    const connection = await openConnection(service.url);
    await connection.send(change, change, requestHead('GET', '/', 'connection: close'));
    const statuses = [await connection.next(), await connection.next(), await connection.next()];
    expect(statuses.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(await connection.rest()).toBe('');
  });

  test('H19 a refusal has the headers of every reply, the id of its request, and may be read by pages that may', async () => {
    const headers = { origin, 'x-request-id': 'mine' };
    const shed = await service.send({ headers });
    // Past the sockets, and with them past the place where requests are turned away.
    const usual = await service.app.inject({ method: 'GET', url: '/nowhere', headers });
    const own = { 'content-length': expect.any(String), date: expect.any(String), connection: expect.any(String) };
    expect(shed.headers).toMatchObject({ ...usual.headers, ...own, 'retry-after': '1' });
    expect(shed.headers).toMatchObject({ 'access-control-allow-origin': origin, 'x-request-id': 'mine' });
    const withoutBody = await service.send({ method: 'HEAD' });
    expect([withoutBody.status, withoutBody.text]).toEqual([503, '']);
  });

  test('a preflight is answered, but for pages of other origins', async () => {
    const preflight = (page: string) =>
      service.send({ method: 'OPTIONS', headers: { origin: page, 'access-control-request-method': 'PATCH' } });
    const answered = await preflight(origin);
    expect(answered.status).toBe(200);
    expect(answered.headers['access-control-allow-methods']).toContain('PATCH');
    expectErrorDocument(await preflight('https://other.example'), 503);
  });

  test('a client that asks before it sends its body is not told to go on', async () => {
    const lines = ['expect: 100-continue', 'content-length: 2'];
    // The first response of any status.
    const { status, headers } = await exchangeBytes(service.url, requestHead('PATCH', '/', ...lines));
    expect([status, headers['connection']]).toEqual([503, 'close']);
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
