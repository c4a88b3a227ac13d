import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { reply, serve, thing } from './support/server.ts';

test.each([
  ['a b', '/things/a%20b'],
  ['a/b', '/things/a%2Fb'],
  ['../a', '/things/..%2Fa'],
  ['$&', '/things/%24%26'],
  ['ä?#', '/things/%C3%A4%3F%23'],
  ['{thingId}', '/things/%7BthingId%7D'],
  ['%2e%2e', '/things/%252e%252e'],
])('the path parameter %j stays one segment', async (thingId, path) => {
  const { url, seen } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  await createClient(fixture, { baseUrl: url }).GetThing({ path: { thingId } });
  expect(seen[0]?.url).toBe(path);
});

test.each(['', '.', '..'])('the path parameter %j would name another resource and is refused', async (thingId) => {
  const { url, seen } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  const api = createClient(fixture, { baseUrl: url, validate: false });
  await expect(api.GetThing({ path: { thingId } })).rejects.toMatchObject({
    code: 'invalid-request',
    faults: [{ in: 'path', name: 'thingId' }],
  });
  expect(seen).toEqual([]);
});

test('lists are repeated or joined as their parameter says', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, [], { 'content-type': 'application/json' }));
  const api = createClient(fixture, { baseUrl: `${url}/v1/` });
  await api.ListThings({ query: { tag: ['a b', 'c&d'], sort: ['e', 'f,g'], limit: 5 } });
  await api.ListThings({ query: { tag: undefined, limit: undefined } });
  expect(seen.map((one) => one.url)).toEqual(['/v1/things?tag=a%20b&tag=c%26d&sort=e,f%2Cg&limit=5', '/v1/things']);
});

test('an undefined header is not sent', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, thing));
  const api = createClient(fixture, { baseUrl: url });
  await api.UpdateThing({ path: { thingId: '1' }, headers: { 'If-Match': undefined }, body: thing });
  await api.UpdateThing({ path: { thingId: '1' }, headers: { 'If-Match': '"4"' }, body: thing });
  expect(seen.map(({ headers }) => headers['if-match'])).toEqual([undefined, ['"4"']]);
});

test('what a URL or a header cannot hold is refused, by name and without its value', async () => {
  const api = createClient(fixture, { baseUrl: 'http://127.0.0.1', validate: false });
  const call = {
    path: { thingId: 'secret\ud800' },
    headers: { 'If-Match': 'secret\r\nx: y' },
    body: { data: { name: 'a' } },
  };
  const error = await api.UpdateThing(call).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    faults: [
      { in: 'path', name: 'thingId' },
      { in: 'header', name: 'If-Match' },
    ],
  });
  expect(String(error)).not.toContain('secret');
});
