import { rawRequest } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

const service = await startService();
const proxied = await startService({ server: { trustProxy: ['127.0.0.1'] } });
afterAll(async () => {
  await service.close();
  await proxied.close();
});

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const HTTPS = { 'x-forwarded-proto': 'https' };

test.each([
  [200, {}],
  [200, { method: 'OPTIONS', token: null }],
  [401, { token: null }],
  [404, { path: '/people' }],
  [405, { method: 'POST' }],
  [422, { path: '/profiles/c0daf39b-4df5-4241-9e7d-b1b85f829090?x=1' }],
])('H19 a %i has the headers that keep browsers from doing anything with it (%j)', async (status, request) => {
  const response = await service.send(request);
  expect(response.status).toBe(status);
  expect(response.headers).toMatchObject(HEADERS);
});

test('H19 a reply of the HTTP parser has them too', async () => {
  const { status, headers } = await rawRequest(service.url, ['GET / HTTP/1.1\r\nbad header\r\n\r\n']);
  expect(status).toBe(400);
  for (const [name, value] of Object.entries(HEADERS)) expect(headers.get(name)).toEqual([value]);
});

test('strict transport is asked for behind https, on word of a trusted proxy only', async () => {
  const value = async (each: typeof service, headers = {}) =>
    (await each.send({ headers })).headers['strict-transport-security'];
  expect(await value(proxied, HTTPS)).toBe('max-age=31536000');
  expect(await value(proxied)).toBeUndefined();
  expect(await value(service, HTTPS)).toBeUndefined();
  const options = await proxied.send({ method: 'OPTIONS', token: null, headers: HTTPS });
  expect(options.headers['strict-transport-security']).toBe('max-age=31536000');
});
