import { execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type ClientOptions, createClient, TimeoutError } from '../src/index.ts';
import { type FakeClock, fakeClock } from './support/clock.ts';
import { fixture } from './support/fixture.ts';
import { problem, reply, serve, thing } from './support/server.ts';

const path = { thingId: '1' };
/** A phase that lasts forever: what the server does, and options that tell when a call is in that phase. */
interface Phase {
  readonly name: string;
  readonly answer: (response: ServerResponse) => void;
  readonly options: (arrived: () => void) => Partial<ClientOptions>;
}

const phases: readonly Phase[] = [
  {
    name: 'while the token is asked for',
    answer: (response) => reply(response, 200, thing, { etag: '"1"' }),
    options: (arrived) => ({ token: () => forever(arrived) }),
  },
  {
    name: 'while the token is renewed',
    answer: (response) => reply(response, 401, problem),
    options: (arrived) => ({ token: ({ refresh }) => (refresh ? forever(arrived) : 'old') }),
  },
  {
    name: 'before the reply',
    answer: () => undefined,
    options: (arrived) => ({
      fetch: (request) => {
        arrived();
        return fetch(request);
      },
    }),
  },
  { name: 'within a body', answer: (response) => begin(response, 200), options: afterTheHead },
  { name: 'within the body of an error', answer: (response) => begin(response, 503), options: afterTheHead },
  {
    name: 'in a fetch that heeds no signal',
    answer: () => undefined,
    options: (arrived) => ({ fetch: () => forever(arrived) }),
  },
];

function forever(arrived: () => void): Promise<never> {
  arrived();
  return new Promise(() => undefined);
}

function begin(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/vnd.api+json', etag: '"1"' });
  response.write('{"data":');
}

function afterTheHead(arrived: () => void): Partial<ClientOptions> {
  return {
    fetch: async (request) => {
      const response = await fetch(request);
      arrived();
      return response;
    },
  };
}

/** Makes a call and comes back when it is in the phase. */
async function callIn(phase: Phase, signal?: AbortSignal): Promise<{ call: Promise<unknown>; clock: FakeClock }> {
  const { url } = await serve(phase.answer);
  const { promise, resolve } = Promise.withResolvers<void>();
  const clock = fakeClock();
  const api = createClient(fixture, { baseUrl: url, clock, ...phase.options(resolve) });
  const call = api.GetThing({ path, signal }).catch((error: unknown) => error);
  await promise;
  return { call, clock };
}

test.each(phases)('a call that takes too long ends $name', async (phase) => {
  const { call, clock } = await callIn(phase);
  clock.expire();
  const error = await call;
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ code: 'timeout', operationId: 'GetThing', timeout: 30_000 });
});

test.each(phases)('a call that is aborted ends $name', async (phase) => {
  const controller = new AbortController();
  const { call } = await callIn(phase, controller.signal);
  const reason = new Error('The page was left.');
  controller.abort(reason);
  expect(await call).toBe(reason);
});

test('a call that is aborted ends while it waits for another attempt', async () => {
  const controller = new AbortController();
  const { url, seen } = await serve((response) => reply(response, 503, problem));
  const inner = fakeClock();
  let timers = 0;
  const sleep = (_milliseconds: number, signal: AbortSignal): Promise<void> => {
    if (++timers === 2) queueMicrotask(() => controller.abort());
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const api = createClient(fixture, { baseUrl: url, clock: { ...inner, sleep } });
  const error = await api.GetThing({ path, signal: controller.signal }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'AbortError' });
  expect(error).toBe(controller.signal.reason);
  expect(seen).toHaveLength(1);
});

test('a call with an aborted signal sends nothing and asks for no token', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, thing));
  const token = (): string => {
    throw new Error('asked');
  };
  const promise = createClient(fixture, { baseUrl: url, token }).GetThing({ path, signal: AbortSignal.abort('left') });
  await expect(promise).rejects.toBe('left');
  expect(seen).toEqual([]);
});

test('the connection of a call that took too long is closed', async () => {
  const arrived = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const { url } = await serve((response) => {
    response.on('close', closed.resolve);
    arrived.resolve();
  });
  const clock = fakeClock();
  const call = createClient(fixture, { baseUrl: url, clock }).GetThing({ path, timeout: 50 });
  const refused = expect(call).rejects.toMatchObject({ code: 'timeout', timeout: 50 });
  await arrived.promise;
  clock.expire();
  await refused;
  await closed.promise;
});

test('a call that is done leaves neither timer nor listener', async () => {
  const { url } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  const { signal } = new AbortController();
  let listeners = 0;
  let timers = 0;
  const add = signal.addEventListener.bind(signal);
  Object.defineProperty(signal, 'addEventListener', {
    value: (type: 'abort', listener: () => void, options: { signal?: AbortSignal }) => {
      listeners++;
      options.signal?.addEventListener('abort', () => listeners--);
      add(type, listener, options);
    },
  });
  const sleep = (_milliseconds: number, done: AbortSignal): Promise<void> => {
    timers++;
    return new Promise((_, reject) => {
      done.addEventListener('abort', () => {
        timers--;
        reject(done.reason);
      });
    });
  };
  const api = createClient(fixture, { baseUrl: url, clock: { now: () => 0, sleep } });
  expect(await api.GetThing({ path, signal })).toMatchObject({ ok: true });
  expect([listeners, timers]).toEqual([0, 0]);
});

test('a process can end as soon as its calls are done', async () => {
  const { url } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  const script = `
    import { createClient } from '@contract-first/client';
    import { fixture } from './test/support/fixture.ts';
    const result = await createClient(fixture, { baseUrl: '${url}', timeout: 600_000 }).GetThing({ path: { thingId: '1' } });
    process.stdout.write(String(result.status));
  `;
  const options = ['--conditions=source', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: new URL('..', import.meta.url) });
  expect(stdout).toBe('200');
});
