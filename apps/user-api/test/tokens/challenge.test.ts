import { head, makeSigningKey, type SigningKey, TEST_USER } from '@contract-first/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectFaults, expectUntouched } from '../support/error-reply.ts';
import { rawExchange } from '../support/raw-exchange.ts';
import { type ServiceRequest, type ServiceResponse, startService, updateDocument } from '../support/service.ts';

const service = await startService();
afterAll(() => service.close());

const REALM = 'Bearer realm="user-api"';
const change: ServiceRequest = { method: 'PATCH', body: updateDocument({ firstName: 'Nobody' }) };

/** Sends a GET and a PATCH; neither may get as far as the store. */
async function refused(request: ServiceRequest): Promise<readonly ServiceResponse[]> {
  const { count } = service.storeCalls;
  const send = async () => [await service.send(request), await service.send({ ...change, ...request })];
  const responses = await expectUntouched(service, TEST_USER, send);
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

describe('A4 a bad token', () => {
  let foreign: SigningKey;

  beforeAll(async () => {
    foreign = await makeSigningKey('RS256');
  });

  const spoiltSignature = (token: string): string => token.replace(/[^.]{20}$/, 'A'.repeat(20));
  const bad: readonly (readonly [string, () => string])[] = [
    ['expired', () => service.token({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['not valid yet', () => service.token({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['of another issuer', () => service.token({ iss: 'https://id.example.com' })],
    ['for another audience', () => service.token({ aud: 'billing' })],
    ['without expiry', () => service.token({ exp: undefined })],
    ['without subject', () => service.token({ sub: undefined })],
    ['signed with a key of somebody else', () => service.issuer.token({}, {}, foreign)],
    ['forged with a known key id', () => service.issuer.token({}, { kid: service.issuer.keys.rs256.kid }, foreign)],
    ['with another signature', () => spoiltSignature(service.token())],
    ['without signature', () => service.issuer.sign({ sub: TEST_USER }, { alg: 'none' }, null)],
    ['that is an ID token', () => service.token({}, { typ: 'JWT' })],
    ['that is no JWT', () => 'opaque'],
    ['that is a refresh token', () => 'a.b'],
  ];

  test.each(bad)('A4 %s is an invalid token', async (_name, token) => {
    const responses = await refused({ token: token() });
    expectChallenge(responses, 'invalid-token Authorization', `${REALM}, error="invalid_token"`);
  });

  test('A4 the answer is the same whatever is wrong with it', async () => {
    const answers = new Set<string>();
    for (const [, token] of bad) {
      const { status, text, headers } = await service.send({
        token: token(),
        headers: { 'x-request-id': 'same-for-all' },
      });
      const { date: _, ...rest } = headers;
      answers.add(JSON.stringify([status, text, rest]));
    }
    expect(answers.size).toBe(1);
    expect([...answers].join()).not.toMatch(/RS256|audience|127\.0\.0\.1|expired at|kid|user-api"\]/);
  });
});

describe('A5 a missing scope', () => {
  const cases: readonly (readonly [method: string, scope: string | undefined, needed: string])[] = [
    ['GET', 'user:users:write', 'user:users:read'],
    ['PATCH', 'user:users:read', 'user:users:write'],
    ['PATCH', undefined, 'user:users:write'],
    ['PATCH', '', 'user:users:write'],
    ['PATCH', 'user:users:writes user:users', 'user:users:write'],
    ['PATCH', 'USER:USERS:WRITE', 'user:users:write'],
    ['PATCH', 'user:users:read,user:users:write', 'user:users:write'],
    ['PATCH', 'user:users:*', 'user:users:write'],
    ['GET', 'user:users:admin', 'user:users:read'],
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
    expect((await service.send({ token: service.token({ scope: 'openid user:users:read' }) })).status).toBe(200);
    expect((await service.patch({}, { token: service.token({ scope: 'user:users:write' }) })).status).toBe(200);
  });
});

describe('A6 the token has one place', () => {
  const target = `/user/2022-1/users/${TEST_USER}`;
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
      { path: `/users/${TEST_USER}?access_token=${token}` },
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
