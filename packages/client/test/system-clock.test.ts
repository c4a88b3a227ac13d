import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { problem, reply, serve, thing } from './support/server.ts';

const path = { thingId: '1' };

test('without a clock of its own a call ends when its time is over', async () => {
  const { url } = await serve(() => undefined);
  const promise = createClient(fixture, { baseUrl: url, timeout: 20 }).GetThing({ path });
  await expect(promise).rejects.toMatchObject({ code: 'timeout', timeout: 20 });
});

test('without a clock of its own a request is sent again after a wait', async () => {
  const { url, seen } = await serve((response, _seen, count) => {
    if (count === 1) reply(response, 503, problem);
    else reply(response, 200, thing, { etag: '"1"' });
  });
  const api = createClient(fixture, { baseUrl: url, retry: { baseDelay: 1 } });
  expect(await api.GetThing({ path })).toMatchObject({ ok: true });
  expect(seen).toHaveLength(2);
});

test('a call that is aborted before a wait leaves no timer behind', async () => {
  const controller = new AbortController();
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  const fetch = async (): Promise<Response> => {
    controller.abort(new Error('enough'));
    setImmediate(settle);
    return new Response(JSON.stringify(problem), {
      status: 503,
      headers: { 'content-type': 'application/vnd.api+json' },
    });
  };
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const options = { fetch, baseUrl: 'http://127.0.0.1', retry: { baseDelay: 9_000 }, random: () => 0.9 };
  const promise = createClient(fixture, options).GetThing({ path, signal: controller.signal });
  await expect(promise).rejects.toThrow('enough');
  await settled;
  expect(timers()).toBe(before);
});
