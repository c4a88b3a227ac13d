import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';

test('a request carries no credentials but its token, and follows no redirect', async () => {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    return new Response(null, { status: 202 });
  };
  const api = createClient(fixture, { baseUrl: 'http://127.0.0.1', token: 'abc', fetch });
  await api.DeleteThing({ path: { thingId: '1' } });
  expect(requests).toMatchObject([{ credentials: 'omit', redirect: 'manual' }]);
});
