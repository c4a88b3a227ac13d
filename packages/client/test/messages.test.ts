import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture, type Thing } from './support/fixture.ts';
import { reply, serve } from './support/server.ts';

const baseUrl = 'http://127.0.0.1';
const path = { thingId: '1' };

/** As many members that do not exist. Types cannot hold back who writes JavaScript. */
function unknownMembers(count: number): { data: Thing } {
  const members = Array.from({ length: count }, (_, index) => [`m${index}`, 1]);
  return { data: { name: 'lamp', ...Object.fromEntries(members) } };
}

test.each([
  [1, 'body /data/m0 must not be there'],
  [5, [0, 1, 2, 3, 4].map((index) => `body /data/m${index} must not be there`).join('; ')],
  [7, `${[0, 1, 2, 3, 4].map((index) => `body /data/m${index} must not be there`).join('; ')}; and 2 more`],
])('a message tells at most five of %i faults', async (count, list) => {
  const promise = createClient(fixture, { baseUrl }).UpdateThing({ path, body: unknownMembers(count) });
  const message = `UpdateThing: the request breaks the contract and was not sent: ${list}`;
  await expect(promise).rejects.toThrow(expect.objectContaining({ message }));
});

test.each([
  [500, 'text/plain', 'a', 'the contract does not declare the status 500'],
  [200, 'text/html', 'a', 'the contract does not declare text/html for the status 200'],
  [200, null, '', 'the contract does not declare no media type for the status 200'],
  [
    200,
    'application/vnd.api+json',
    '{',
    'the body of the reply with status 200 cannot be read as application/vnd.api+json',
  ],
])('a message tells why a reply with status %i and %s is not declared', async (status, type, body, message) => {
  const { url } = await serve((response) => {
    response.writeHead(status, { etag: '"1"', ...(type !== null && { 'content-type': type }) });
    response.end(body);
  });
  const promise = createClient(fixture, { baseUrl: url }).GetThing({ path });
  await expect(promise).rejects.toThrow(expect.objectContaining({ message: `GetThing: ${message}` }));
});

test('an empty Content-Type is none', async () => {
  const { url } = await serve((response) => reply(response, 200, undefined, { etag: '"1"', 'content-type': '' }));
  const promise = createClient(fixture, { baseUrl: url }).GetThing({ path });
  await expect(promise).rejects.toMatchObject({ reason: 'media-type', mediaType: null });
});
