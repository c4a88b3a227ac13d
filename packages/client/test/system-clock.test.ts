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
