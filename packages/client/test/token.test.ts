import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createClient, TokenError, type TokenRequest } from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { fixture } from './support/fixture.ts';
import { problem, reply, type Seen, serve, type TestServer, thing } from './support/server.ts';

const path = { thingId: '1' };
const etag = { etag: '"1"' };
const invalid = { 'www-authenticate': 'Bearer realm="things", error="invalid_token"' };

/** Takes one token only, as a server does after the other ones ended. */
const taking = (token: string, challenge: Record<string, string> = invalid): Promise<TestServer> =>
  serve((response, { headers }) => {
    if (headers['authorization']?.[0] === `Bearer ${token}`) reply(response, 200, thing, etag);
    else reply(response, 401, problem, challenge);
  });

const sent = (seen: readonly Seen[]): unknown[] => seen.map(({ headers }) => headers['authorization']?.[0]);

test('the token is sent to secured operations', async () => {
  const { url, seen } = await taking('abc');
  expect(await createClient(fixture, { baseUrl: url, token: 'abc' }).GetThing({ path })).toMatchObject({ ok: true });
  expect(sent(seen)).toEqual(['Bearer abc']);
});

test('the token is not sent to public operations, and its source not asked', async () => {
  const { url, seen } = await serve((response) => reply(response, 201));
  const token = (): string => {
    throw new Error('asked');
  };
  await createClient(fixture, { baseUrl: url, token }).CreateThing({ contentType: 'text/plain', body: 'a' });
  expect(sent(seen)).toEqual([undefined]);
});

test('without a token the 401 is a result', async () => {
  const { url, seen } = await taking('abc');
  expect(await createClient(fixture, { baseUrl: url }).GetThing({ path })).toMatchObject({
    status: 401,
    error: problem,
  });
  expect(seen).toHaveLength(1);
});

test('with a fixed token the 401 is a result at once', async () => {
  const { url, seen } = await taking('abc');
  const result = await createClient(fixture, { baseUrl: url, token: 'old' }).GetThing({ path });
  expect(result).toMatchObject({ status: 401 });
  expect(seen).toHaveLength(1);
});

test.each([
  ['that says invalid_token', invalid],
  ['that says it in another case', { 'www-authenticate': 'bearer Error="Invalid_Token"' }],
  ['whose challenge names no error', { 'www-authenticate': 'Bearer realm="things"' }],
  ['whose challenge does not show', {}],
])('after a 401 %s the source is asked once more and the request sent once more', async (_name, challenge) => {
  const { url, seen } = await taking('new', challenge);
  const asked: TokenRequest[] = [];
  const token = async (request: TokenRequest): Promise<string> => {
    asked.push(request);
    return request.refresh ? 'new' : 'old';
  };
  const api = createClient(fixture, { baseUrl: url, token, retry: false });
  const result = await api.UpdateThing({ path, body: thing });
  expect(result).toMatchObject({ ok: true });
  expect(asked).toEqual([{ refresh: false }, { refresh: true }]);
  expect(sent(seen)).toEqual(['Bearer old', 'Bearer new']);
  expect(seen[1]?.body).toBe(seen[0]?.body);
});

test('a 401 that a new token cannot mend is a result at once', async () => {
  const { url, seen } = await taking('new', { 'www-authenticate': 'Bearer realm="things", error="invalid_request"' });
  const token = ({ refresh }: TokenRequest): string => (refresh ? 'new' : 'old');
  expect(await createClient(fixture, { baseUrl: url, token }).GetThing({ path })).toMatchObject({ status: 401 });
  expect(seen).toHaveLength(1);
});

test('a renewed token that is refused too ends the call', async () => {
  const { url, seen } = await taking('none');
  let count = 0;
  const token = (): string => `t${++count}`;
  expect(await createClient(fixture, { baseUrl: url, token }).GetThing({ path })).toMatchObject({ status: 401 });
  expect(sent(seen)).toEqual(['Bearer t1', 'Bearer t2']);
});

test('there is one renewal in a call, however often the request is sent', async () => {
  const { url, seen } = await serve((response, _seen, count) => {
    if (count === 2) reply(response, 503, problem);
    else reply(response, 401, problem, invalid);
  });
  let count = 0;
  const token = (): string => `t${++count}`;
  const api = createClient(fixture, { baseUrl: url, token, clock: fakeClock() });
  expect(await api.GetThing({ path })).toMatchObject({ status: 401 });
  expect(sent(seen)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2']);
});

test('the same token again is not sent again', async () => {
  const { url, seen } = await taking('none');
  expect(await createClient(fixture, { baseUrl: url, token: () => 'same' }).GetThing({ path })).toMatchObject({
    status: 401,
  });
  expect(seen).toHaveLength(1);
});

test('calls that are refused together share one renewal', async () => {
  const together = 8;
  const renewal = Promise.withResolvers<string>();
  const { url, seen } = await serve((response, { headers }) => {
    if (headers['authorization']?.[0] === 'Bearer new') reply(response, 200, thing, etag);
    else reply(response, 401, problem, invalid);
    // The renewal ends only when all the others have been refused too.
    if (seen.length === together) renewal.resolve('new');
  });
  let renewals = 0;
  const token = ({ refresh }: TokenRequest): string | Promise<string> => {
    if (!refresh) return 'old';
    renewals++;
    return renewal.promise;
  };
  const api = createClient(fixture, { baseUrl: url, token });
  const results = await Promise.all(Array.from({ length: together }, () => api.GetThing({ path })));
  expect(results.map(({ status }) => status)).toEqual(Array(together).fill(200));
  expect(renewals).toBe(1);
});

test('a call that is refused after the renewal of another takes its token', async () => {
  const renewed = Promise.withResolvers<void>();
  const { url, seen } = await serve(async (response, { headers, url: target }) => {
    if (headers['authorization']?.[0] === 'Bearer new') return reply(response, 200, thing, etag);
    if (target.endsWith('/slow')) await renewed.promise;
    return reply(response, 401, problem, invalid);
  });
  let renewals = 0;
  const token = ({ refresh }: TokenRequest): string => {
    if (refresh) renewals++;
    return refresh ? 'new' : 'old';
  };
  const api = createClient(fixture, { baseUrl: url, token });
  const slow = api.GetThing({ path: { thingId: 'slow' } });
  await expect.poll(() => seen.length).toBe(1);
  await api.GetThing({ path });
  renewed.resolve();
  expect(await slow).toMatchObject({ ok: true });
  expect(renewals).toBe(1);
});

test('a renewal that failed does not spoil the next one', async () => {
  const { url } = await taking('new');
  let renewals = 0;
  const token = ({ refresh }: TokenRequest): string => {
    if (!refresh) return 'old';
    if (++renewals === 1) throw new Error('The provider is down.');
    return 'new';
  };
  const api = createClient(fixture, { baseUrl: url, token });
  await expect(api.GetThing({ path })).rejects.toMatchObject({
    code: 'token',
    cause: new Error('The provider is down.'),
  });
  expect(await api.GetThing({ path })).toMatchObject({ ok: true });
});

test('a source that fails is told as such and nothing is sent', async () => {
  const { url, seen } = await taking('abc');
  const cause = new Error('The user has signed out.');
  const api = createClient(fixture, { baseUrl: url, token: () => Promise.reject(cause) });
  const error = await api.GetThing({ path }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TokenError);
  expect(error).toMatchObject({ operationId: 'GetThing', cause });
  expect(seen).toEqual([]);
});

test.each(['', 'secret token', 'secret\r\nx: y', 'sécret'])(
  '%j is no Bearer token; it is neither sent nor told',
  async (token) => {
    const { url, seen } = await taking('abc');
    const error = await createClient(fixture, { baseUrl: url, token: () => token })
      .GetThing({ path })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'token',
      message: 'GetThing: the token source gave what is not a Bearer token',
    });
    expect(seen).toEqual([]);
  },
);

test('no error holds the token', async () => {
  const token = 'secret-token';
  const failing = [
    { baseUrl: (await serve((response) => reply(response, 500))).url },
    { baseUrl: (await serve((response) => reply(response, 200, { data: {} }, etag))).url },
    { baseUrl: (await serve((response) => response.destroy())).url },
  ];
  for (const options of failing) {
    const api = createClient(fixture, { ...options, token, retry: false });
    const error = await api.GetThing({ path }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token);
  }
});
