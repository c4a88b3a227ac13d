import { expectFaults, type ServiceResponse } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

// CORS and the headers of every reply are tested with the server; here, that they follow this service's options.

const ORIGIN = 'https://app.example';
const service = await startService();
const open = await startService({ app: { corsOrigins: [ORIGIN], trustProxy: ['127.0.0.1'] } });
const limited = await startService({ app: { rateLimit: 2 } });
afterAll(() => Promise.all([service, open, limited].map((each) => each.close())));

const preflight = { origin: ORIGIN, 'access-control-request-method': 'PATCH' };

test('H2 a preflight is answered for a listed origin, with the headers of the contract', async () => {
  const { status, headers } = await open.send({ method: 'OPTIONS', token: null, headers: preflight });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-methods': 'GET, HEAD, OPTIONS, PATCH',
    'access-control-allow-headers': 'authorization, content-type, if-match, if-none-match, x-request-id',
  });
});

test('H2 without listed origins no reply can be read by any', async () => {
  const { headers } = await service.send({ method: 'OPTIONS', token: null, headers: preflight });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('H19 replies have the headers that keep browsers from doing anything with them', async () => {
  expect((await service.send()).headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
});

test('forwarding headers are believed of a trusted proxy only', async () => {
  const headers = { 'x-forwarded-proto': 'https' };
  expect((await open.send({ headers })).headers).toHaveProperty('strict-transport-security');
  expect((await service.send({ headers })).headers).not.toHaveProperty('strict-transport-security');
});

test('D10 requests beyond the limit of an address are refused with 429, before their token is looked at', async () => {
  const requests = [{}, { token: null }, { token: null }, { method: 'PATCH', token: null, body: '{}' }];
  const responses: ServiceResponse[] = [];
  for (const request of requests) responses.push(await limited.send(request));
  expect(responses.map(({ status }) => status)).toEqual([200, 401, 429, 429]);
  for (const refused of responses.slice(2)) {
    expectFaults(refused, 429, 'too-many-requests -');
    expect(refused.headers['retry-after']).toMatch(/^[1-9][0-9]?$/);
  }
});
