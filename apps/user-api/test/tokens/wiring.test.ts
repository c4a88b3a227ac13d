import { InvalidTokenError } from '@contract-first/core';
import { expectFaults } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

// How the server reads and refuses tokens is tested with the server; here, that this service's contract asks for them.

const REALM = 'Bearer realm="user-api"';
const refuse = () => Promise.reject(new InvalidTokenError('not for this scheme'));
const service = await startService();
const second = await startService({ authenticators: () => ({ OAuth2: refuse }) });
afterAll(() => Promise.all([service.close(), second.close()]));

test('A1 without a token the challenge has the realm of this service', async () => {
  const response = await service.send({ token: null });
  expectFaults(response, 401, 'missing-token -');
  expect(response.headers['www-authenticate']).toBe(REALM);
});

test('A2 a malformed Authorization header is an invalid request', async () => {
  const response = await service.send({ token: null, headers: { authorization: 'Basic dXNlcjpwYXNz' } });
  expectFaults(response, 401, 'invalid-authorization Authorization');
  expect(response.headers['www-authenticate']).toBe(`${REALM}, error="invalid_request"`);
});

test.each([
  ['GET', 'user:users:write user:users:admin', 'user:users:read'],
  ['PATCH', 'user:users:read user:users:admin', 'user:users:write'],
])('A5 %s with the scope %j is answered with 403 that names %s', async (method, scope, needed) => {
  const response = await service.send({ method, token: service.token({ scope }) });
  expectFaults(response, 403, 'insufficient-scope Authorization');
  expect(response.headers['www-authenticate']).toBe(`${REALM}, error="insufficient_scope", scope="${needed}"`);
});

test('D3 only the scope user:users:admin lets a token act on the record of somebody else', async () => {
  const sub = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';
  const all = ['user:users:read', 'user:users:write'];
  const administrator = { token: service.token({ sub, scope: [...all, 'user:users:admin'].join(' ') }) };
  const other = { token: service.token({ sub, scope: [...all, 'user:users:*'].join(' ') }) };
  expect((await service.send(administrator)).status).toBe(200);
  expect((await service.patch({ firstName: 'Ford' }, administrator)).status).toBe(200);
  expectFaults(await service.send(other), 403, 'not-owner Authorization');
  expectFaults(await service.patch({ firstName: 'Ford' }, other), 403, 'not-owner Authorization');
});

test('a token that only the second security scheme takes is let in', async () => {
  expect((await second.send()).status).toBe(200);
  expect((await second.patch({ firstName: 'Jane' })).status).toBe(200);
});
