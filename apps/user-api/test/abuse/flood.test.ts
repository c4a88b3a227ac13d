import { randomUUID } from 'node:crypto';
import { makeSigningKey, type ServiceResponse, type SigningKey } from '@contract-first/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

const service = await startService();
afterAll(() => service.close());

let foreign: SigningKey;

beforeAll(async () => {
  foreign = await makeSigningKey('ES256');
});

const SIZE = 100;

/** Sends them all at once and returns the statuses that were answered. */
async function flood(request: (at: number) => Promise<ServiceResponse>): Promise<ReadonlySet<number>> {
  const responses = await Promise.all(Array.from({ length: SIZE }, (_, at) => request(at)));
  return new Set(responses.map(({ status }) => status));
}

const withToken = (token: (at: number) => string | null) =>
  flood((at) =>
    at % 2 === 0 ? service.send({ token: token(at) }) : service.patch({ firstName: 'Nobody' }, { token: token(at) }),
  );

/** What the identity provider was asked, all in all. */
const asked = (): number => Object.values(service.issuer.requests).reduce((sum, count) => sum + count, 0);

// The order counts: at first the service has not even loaded the keys.
test.each<[string, (at: number) => string | null]>([
  ['no token', () => null],
  ['a token that is none', (at) => `nonsense-${at}`],
  ['a token without signature', () => service.issuer.sign({}, { alg: 'none' }, null)],
  ['an expired token', () => service.token({ exp: 1 })],
  ['a token of another issuer', () => service.token({ iss: 'https://id.example.com' })],
  ['a token for another audience', () => service.token({ aud: 'billing' })],
  ['an endless token', () => 'a.'.repeat(4000)],
])('O4 a flood with %s reaches neither the store nor the identity provider', async (_name, token) => {
  expect(await withToken(token)).toEqual(new Set([401]));
  expect(service.storeCalls.count).toBe(0);
  expect(asked()).toBe(0);
});

test('O4 malformed Authorization headers reach neither', async () => {
  const statuses = await flood((at) => service.send({ token: null, headers: { authorization: `Basic ${at}` } }));
  expect(statuses).toEqual(new Set([401]));
  expect([service.storeCalls.count, asked()]).toEqual([0, 0]);
});

test('O4, A23 a flood with unknown keys asks the identity provider once', async () => {
  const unknown = () => service.issuer.token({}, { kid: randomUUID() }, foreign);
  expect(await withToken(unknown)).toEqual(new Set([401]));
  expect(service.storeCalls.count).toBe(0);
  expect(service.issuer.requests).toEqual({ discovery: 1, keySet: 1, other: 0 });
  expect(await withToken(unknown)).toEqual(new Set([401]));
  expect(service.issuer.requests).toEqual({ discovery: 1, keySet: 1, other: 0 });
});

test('O4 a flood with forged signatures reaches neither', async () => {
  const { kid } = service.issuer.keys.es256;
  expect(await withToken(() => service.issuer.token({}, { kid }, foreign))).toEqual(new Set([401]));
  expect(service.storeCalls.count).toBe(0);
  expect(service.issuer.requests).toEqual({ discovery: 1, keySet: 1, other: 0 });
});

test('O4 the counters count: a good request is seen', async () => {
  expect((await service.send()).status).toBe(200);
  expect(service.storeCalls.count).toBe(1);
});
