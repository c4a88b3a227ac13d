import { expectFaults, head, rawExchange, type ServiceRequest, type ServiceResponse } from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const REALM = 'Bearer realm="profile-api"';
const change: ServiceRequest = { method: 'PATCH', body: updateDocument({ displayName: 'Nobody' }) };

/** Sends a GET and a PATCH; neither may get as far as the store. */
async function refused(request: ServiceRequest): Promise<readonly ServiceResponse[]> {
  const { count } = service.storeCalls;
  const send = async () => [await service.send(request), await service.send({ ...change, ...request })];
  const responses = await expectUnchanged(service, send);
  expect(service.storeCalls.count).toBe(count);
  return responses;
}

function expectChallenge(responses: readonly ServiceResponse[], fault: string, challenge: string): void {
  for (const response of responses) {
    expectFaults(response, 401, fault);
    expect(response.headers['www-authenticate']).toBe(challenge);
  }
}

const withHeader = (authorization: string) => ({ token: null, headers: { authorization } });

test('A1 without a token the challenge has a realm and no error code', async () => {
  expectChallenge(await refused({ token: null }), 'missing-token -', REALM);
});

describe('A2 a malformed Authorization header is an invalid request', () => {
  test.each([
    ['is empty', () => ''],
    ['has no token', () => 'Bearer'],
    ['has a blank for a token', () => 'Bearer '],
    ['has another scheme', () => 'Basic dXNlcjpwYXNz'],
    ['has a scheme that begins like Bearer', () => `Bearertoken ${service.token()}`],
    ['has no scheme', () => service.token()],
    ['has two tokens', () => `Bearer ${service.token()} ${service.token()}`],
    ['has two tokens with a comma', () => `Bearer ${service.token()}, Bearer ${service.token()}`],
    ['has a quoted token', () => `Bearer "${service.token()}"`],
    ['has parameters', () => `Bearer token=${service.token()}, realm="x"`],
    ['has a tab', () => `Bearer\t${service.token()}`],
    ['has a colon', () => `Bearer: ${service.token()}`],
    ['has a padding in the middle', () => `Bearer ${service.token().replace('.', '=.')}`],
  ])('A2 it %s', async (_name, header) => {
    const challenge = `${REALM}, error="invalid_request"`;
    expectChallenge(await refused(withHeader(header())), 'invalid-authorization Authorization', challenge);
  });
});

test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('A3 the scheme %s is taken', async (scheme) => {
  const request = withHeader(`${scheme} ${service.token()}`);
  expect((await service.send(request)).status).toBe(200);
  expect((await service.patch({}, request)).status).toBe(200);
});

describe('A5 a missing scope', () => {
  const cases: readonly (readonly [method: string, scope: string | undefined, needed: string])[] = [
    ['GET', 'profiles:write', 'profiles:read'],
    ['PATCH', 'profiles:read', 'profiles:write'],
    ['PATCH', undefined, 'profiles:write'],
    ['PATCH', '', 'profiles:write'],
    ['PATCH', 'profiles:writes profiles', 'profiles:write'],
    ['PATCH', 'USER:USERS:WRITE', 'profiles:write'],
    ['PATCH', 'profiles:read,profiles:write', 'profiles:write'],
    ['PATCH', 'profiles:*', 'profiles:write'],
    ['GET', 'profiles:admin', 'profiles:read'],
  ];

  test.each(cases)('A5 %s with the scope %j is answered with 403 that names %s', async (method, scope, needed) => {
    const { count } = service.storeCalls;
    const request = method === 'PATCH' ? change : {};
    const response = await service.send({ ...request, token: service.token({ scope }) });
    expectFaults(response, 403, 'insufficient-scope Authorization');
    expect(response.headers['www-authenticate']).toBe(`${REALM}, error="insufficient_scope", scope="${needed}"`);
    expect(service.storeCalls.count).toBe(count);
  });

  test('A5 any one scope is enough for its operation', async () => {
    expect((await service.send({ token: service.token({ scope: 'openid profiles:read' }) })).status).toBe(200);
    expect((await service.patch({}, { token: service.token({ scope: 'profiles:write' }) })).status).toBe(200);
  });
});

describe('A6 the token has one place', () => {
  const target = `/people/v1/profiles/${PROFILE_ID}`;
  const raw = (...lines: readonly string[]) =>
    rawExchange(service, head(`GET ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines));

  test('A6 two Authorization headers are answered with 401, even with the same valid token', async () => {
    const line = `Authorization: Bearer ${service.token()}`;
    for (const lines of [
      [line, line],
      [line, 'authorization: Basic eDp5'],
      ['AUTHORIZATION: x', line],
      [line, 'Authorization:'],
    ]) {
      const response = await raw(...lines);
      expectChallenge([response], 'invalid-authorization Authorization', `${REALM}, error="invalid_request"`);
    }
  });

  test('A6 a folded header is no way around it', async () => {
    const response = await raw('Authorization: Bearer', ` ${service.token()}`);
    expect([400, 401]).toContain(response.status);
  });

  test('A6 a token in the query, a form, a cookie or another header is ignored', async () => {
    const token = service.token();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const requests: readonly ServiceRequest[] = [
      { path: `/profiles/${PROFILE_ID}?access_token=${token}` },
      { headers: { cookie: `access_token=${token}; Authorization=Bearer ${token}` } },
      { headers: { 'x-access-token': token, 'proxy-authorization': `Bearer ${token}`, 'x-authorization': token } },
      { method: 'PATCH', headers: form, body: `access_token=${token}` },
    ];
    const { count } = service.storeCalls;
    for (const request of requests) {
      expectChallenge([await service.send({ ...request, token: null })], 'missing-token -', REALM);
    }
    expect(service.storeCalls.count).toBe(count);
  });
});
