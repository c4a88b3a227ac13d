import { InvalidTokenError } from '@contract-first/core';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

const refuse = () => Promise.reject(new InvalidTokenError('not for this scheme'));
const service = await startService({ authenticators: { OAuth2: refuse } });
afterAll(() => service.close());

test('a token that only the second security scheme takes is let in', async () => {
  expect((await service.send()).status).toBe(200);
  expect((await service.patch({ displayName: 'Jane' })).status).toBe(200);
});

test('A5 the scope is asked for whichever scheme takes the token', async () => {
  const response = await service.send({ token: service.token({ scope: 'profiles:write' }) });
  expect([response.status, response.body.errors[0]?.code]).toEqual([403, 'insufficient-scope']);
});

test('A4 a token that no scheme takes is answered with 401', async () => {
  const response = await service.send({ token: service.token({ isExpired: true }) });
  expect([response.status, response.body.errors[0]?.code]).toEqual([401, 'invalid-token']);
});
