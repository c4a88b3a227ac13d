import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { reply, serve, thing } from './support/server.ts';

test.each([301, 302, 303, 307, 308])(
  'the redirect %i is not followed, so that the token stays where it belongs',
  async (status) => {
    const other = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
    const { url, seen } = await serve((response) =>
      reply(response, status, undefined, { location: `${other.url}/things/1` }),
    );
    const promise = createClient(fixture, { baseUrl: url, token: 'abc' }).GetThing({ path: { thingId: '1' } });
    await expect(promise).rejects.toMatchObject({ code: 'undeclared-response', reason: 'status', status });
    expect(seen).toHaveLength(1);
    expect(other.seen).toEqual([]);
  },
);

test('a redirect as a browser shows it is refused, by an operation with a default too', async () => {
  const fetch = async (): Promise<Response> => {
    const response = Response.error();
    Object.defineProperty(response, 'type', { value: 'opaqueredirect' });
    return response;
  };
  const promise = createClient(fixture, { baseUrl: 'http://127.0.0.1', fetch }).ListThings();
  await expect(promise).rejects.toMatchObject({ code: 'undeclared-response', reason: 'status', status: 0 });
});
