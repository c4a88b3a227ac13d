import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Client, createClient } from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { fixture, type operations } from './support/fixture.ts';
import { problem, reply, serve, thing } from './support/server.ts';

const path = { thingId: '1' };
const etag = { etag: '"1"' };
const change = { path, body: thing } as const;
const conditional = { ...change, headers: { 'If-Match': '"1"' } } as const;
const creation = { contentType: 'text/plain', body: 'a' } as const;

test.each([429, 503])('a request is sent again after %i', async (status) => {
  const { url, seen } = await serve((response, _seen, count) => {
    if (count < 3) reply(response, status, problem);
    else reply(response, 200, thing);
  });
  const clock = fakeClock();
  const api = createClient(fixture, { baseUrl: url, token: 'abc', clock, random: () => 0.5 });
  expect(await api.UpdateThing(conditional)).toMatchObject({ ok: true });
  expect(seen).toHaveLength(3);
  expect(new Set(seen.map((one) => JSON.stringify(one.headers) + one.body)).size).toBe(1);
  expect(clock.waits).toEqual([125, 250]);
});

test.each([400, 408, 412, 500, 502, 504])('a request is not sent again after %i', async (status) => {
  const { url, seen } = await serve((response) => reply(response, status, problem));
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock() });
  // Whether the status is declared is another matter.
  await api.GetThing({ path }).catch(() => undefined);
  expect(seen).toHaveLength(1);
});

test('after the last attempt the reply is handed over', async () => {
  const { url, seen } = await serve((response) => reply(response, 503, problem));
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock(), retry: { attempts: 4 } });
  expect(await api.GetThing({ path })).toMatchObject({ status: 503, error: problem });
  expect(seen).toHaveLength(4);
});

test('a connection that breaks is tried again, before the reply and within its body', async () => {
  const { url, seen } = await serve((response, _seen, count) => {
    if (count === 1) response.destroy();
    else if (count === 3) reply(response, 200, thing, etag);
    else {
      response.writeHead(200, { 'content-type': 'application/vnd.api+json', 'content-length': '1000', ...etag });
      response.write('{"data"', () => response.destroy());
    }
  });
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock() });
  expect(await api.GetThing({ path })).toMatchObject({ ok: true });
  expect(seen).toHaveLength(3);
});

test('a server that cannot be reached is told as such, with the cause', async () => {
  const { url, seen } = await serve((response) => response.destroy());
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock() });
  await expect(api.GetThing({ path })).rejects.toMatchObject({
    code: 'network',
    operationId: 'GetThing',
    cause: expect.any(TypeError),
  });
  expect(seen).toHaveLength(3);
});

/** A server that fails once, without a reply or with 503, and then answers. */
const failing = (
  kind: 'broken' | 503,
  ...then: Parameters<typeof reply> extends [unknown, ...infer Rest] ? Rest : never
) =>
  serve((response, _seen, count) => {
    if (count > 1) reply(response, ...then);
    else if (kind === 503) reply(response, 503, problem);
    else response.destroy();
  });

describe.each(['broken', 503] as const)('G9 after %s', (kind) => {
  const outcome = kind === 503 ? { status: 503 } : { code: 'network' };

  test.each([
    ['POST', (api: Client<operations>) => api.CreateThing(creation)],
    ['PATCH', (api: Client<operations>) => api.UpdateThing(change)],
    ['what the caller says is not idempotent', (api: Client<operations>) => api.GetThing({ path, idempotent: false })],
  ])('%s is not sent again', async (_what, send) => {
    const { url, seen } = await failing(kind, 200, thing, etag);
    const call = send(createClient(fixture, { baseUrl: url, clock: fakeClock() }));
    expect(await call.catch((error: unknown) => error)).toMatchObject(outcome);
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['GET', {}, (api: Client<operations>) => api.GetThing({ path })],
    ['PATCH with If-Match', {}, (api: Client<operations>) => api.UpdateThing(conditional)],
    [
      'what the caller says is idempotent',
      {},
      (api: Client<operations>) => api.UpdateThing({ ...change, idempotent: true }),
    ],
    ['what the client was made for', { methods: ['patch'] }, (api: Client<operations>) => api.UpdateThing(change)],
  ] as const)('%s is sent again', async (_what, retry, send) => {
    const { url, seen } = await failing(kind, 200, thing, etag);
    const result = await send(createClient(fixture, { baseUrl: url, clock: fakeClock(), retry }));
    expect(result).toMatchObject({ ok: true });
    expect(seen).toHaveLength(2);
  });
});

test('POST is sent again on request', async () => {
  const { url, seen } = await failing(503, 201);
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock(), retry: { methods: ['post'] } });
  expect(await api.CreateThing(creation)).toMatchObject({ ok: true });
  expect(seen).toHaveLength(2);
});

test('the methods of the client are all that it repeats', async () => {
  const { url, seen } = await failing(503, 200, thing);
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock(), retry: { methods: ['get'] } });
  expect(await api.UpdateThing(conditional)).toMatchObject({ status: 503 });
  expect(seen).toHaveLength(1);
});

test('G9 where a change may have been made before its condition failed, the failure of the network is reported', async () => {
  const { url, seen } = await failing('broken', 412, problem);
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock() });
  await expect(api.UpdateThing(conditional)).rejects.toMatchObject({ code: 'network' });
  expect(seen).toHaveLength(2);
  const refused = await failing(503, 412, problem);
  const other = createClient(fixture, { baseUrl: refused.url, clock: fakeClock() });
  expect(await other.UpdateThing(conditional)).toMatchObject({ status: 412 });
});

test('a read with If-None-Match is sent again', async () => {
  const { url, seen } = await serve((response, _seen, count) =>
    count === 1 ? response.destroy() : reply(response, 304, undefined, etag),
  );
  const api = createClient(fixture, { baseUrl: url, clock: fakeClock() });
  expect(await api.GetThing({ path, headers: { 'If-None-Match': '"1"' } })).toMatchObject({ status: 304 });
  expect(seen).toHaveLength(2);
});

test('so is a HEAD', async () => {
  const { url, seen } = await serve((response, _seen, count) =>
    count === 1 ? response.destroy() : reply(response, 304, undefined, etag),
  );
  const operations = { ...fixture.operations, GetThing: { ...fixture.operations.GetThing, method: 'head' as const } };
  const api = createClient({ ...fixture, operations }, { baseUrl: url, clock: fakeClock() });
  expect(await api.GetThing({ path, headers: { 'If-None-Match': '"1"' } })).toMatchObject({ status: 304 });
  expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
});

test('retry: false sends once', async () => {
  const { url, seen } = await serve((response) => reply(response, 503, problem));
  expect(await createClient(fixture, { baseUrl: url, retry: false }).GetThing({ path })).toMatchObject({ status: 503 });
  expect(seen).toHaveLength(1);
});

test('the token is asked for once, however often the request is sent', async () => {
  const { url, seen } = await serve((response) => reply(response, 503, problem));
  let asked = 0;
  const token = (): string => `t${++asked}`;
  await createClient(fixture, { baseUrl: url, clock: fakeClock(), token }).GetThing({ path });
  expect(seen.map(({ headers }) => headers['authorization'])).toEqual(Array(3).fill(['Bearer t1']));
});

test.each([
  ['7', 7000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
  ['Thursday, 01-Jan-26 00:00:06 GMT', 6000],
  ['Thu Jan  1 00:00:08 2026', 8000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['soon', 0],
  ['-5', 0],
  ['1.5', 0],
  ['2026-01-01T00:00:05Z', 0],
  ['Jan 1 2027', 0],
  ['Thu, 99 Foo 2026 00:00:05 GMT', 0],
])('Retry-After: %s is a wait of %i ms', async (value, milliseconds) => {
  const fetch = async (): Promise<Response> => {
    const headers = { 'retry-after': value, 'content-type': 'application/vnd.api+json' };
    return new Response(JSON.stringify(problem), { status: 503, headers });
  };
  vi.stubEnv('TZ', 'America/New_York');
  onTestFinished(() => void vi.unstubAllEnvs());
  const clock = fakeClock(Date.UTC(2026, 0, 1));
  const api = createClient(fixture, {
    baseUrl: 'http://127.0.0.1',
    fetch,
    clock,
    random: () => 0,
    retry: { attempts: 2 },
    validate: false,
  });
  await api.GetThing({ path });
  expect(clock.waits).toEqual([milliseconds]);
});

test('what is added to Retry-After keeps to the longest wait', async () => {
  const { url } = await serve((response) => reply(response, 429, problem, { 'retry-after': '9' }));
  const clock = fakeClock();
  const retry = { baseDelay: 3000, attempts: 3 };
  await createClient(fixture, { baseUrl: url, clock, retry, random: () => 0.2 }).GetThing({ path });
  expect(clock.waits).toEqual([9600, 10_000]);
});

test('a Retry-After that is the longest wait is kept to', async () => {
  const { url } = await serve((response) => reply(response, 429, problem, { 'retry-after': '10' }));
  const clock = fakeClock();
  await createClient(fixture, { baseUrl: url, clock, retry: { attempts: 2 }, random: () => 0 }).GetThing({ path });
  expect(clock.waits).toEqual([10_000]);
});

test('a reply whose Retry-After is beyond the longest wait is handed over', async () => {
  const { url, seen } = await serve((response) => reply(response, 429, problem, { 'retry-after': '11' }));
  const clock = fakeClock();
  const result = await createClient(fixture, { baseUrl: url, clock }).GetThing({ path });
  expect(result).toMatchObject({ status: 429, headers: { 'retry-after': 11 } });
  expect([seen.length, clock.waits]).toEqual([1, []]);
});

test('a reply that leaves no time for another attempt is handed over at once', async () => {
  const { url, seen } = await serve((response) => reply(response, 429, problem, { 'retry-after': '5' }));
  const clock = fakeClock();
  const options = { baseUrl: url, clock, timeout: 5000, random: () => 0 };
  const result = await createClient(fixture, options).GetThing({ path });
  expect(result).toMatchObject({ status: 429 });
  expect([seen.length, clock.waits]).toEqual([1, []]);
});
