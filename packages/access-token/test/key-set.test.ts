import { generateKeyPairSync } from 'node:crypto';
import { ProblemError } from '@contract-first/core';
import { makeSigningKey } from '@contract-first/testing';
import { expect } from 'vitest';
import { createKeySet } from '../src/key-set.ts';
import { test } from './issuer-fixture.ts';
import { Clock, expectRefusal, makeKeySet, makeVerifier } from './verifier.ts';

const CACHE_AGE = 600_000;
const COOLDOWN = 10_000;
const STALE_AGE = 43_200_000;
/** Valid for longer than any of these tests pretends to last. */
const LONG_LIVED = { exp: Math.floor(Date.now() / 1000) + 1_000_000 };

test('A21 keys that cannot be used are skipped', async ({ issuer }) => {
  const [weak, ed25519, dropped] = await Promise.all([
    makeSigningKey('RS256', 1024),
    makeSigningKey('EdDSA'),
    makeSigningKey('RS256'),
  ]);
  const { rs256, es256 } = issuer.keys;
  const secret = { kty: 'oct', k: Buffer.from('secret').toString('base64url') };
  issuer.published = [
    weak.jwk,
    { ...secret, kid: 'oct', alg: 'HS256' },
    { ...dropped.jwk, use: 'enc' },
    { ...dropped.jwk, key_ops: ['encrypt'] },
    { ...dropped.jwk, alg: 'RSA-OAEP' },
    { ...dropped.jwk, alg: 'HS256' },
    { ...dropped.jwk, kid: 1 },
    { ...dropped.jwk, n: 'AQAB' },
    { ...dropped.jwk, n: undefined },
    { ...dropped.privateKey.export({ format: 'jwk' }), kid: dropped.kid, alg: 'RS256' },
    { ...es256.jwk, y: rs256.jwk['n'] },
    { ...es256.jwk, crv: 'secp256k1' },
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' }),
    { kty: 'AKP', kid: 'future', alg: 'ML-DSA-44', pub: 'AAAA' },
    { kty: '__proto__', kid: 'x' },
    Object(null),
    [],
    rs256.jwk,
    rs256.jwk,
    ed25519.jwk,
  ];
  const keySet = makeKeySet(issuer);
  await keySet.refresh();
  expect(keySet.state()).toMatchObject({ keys: 2, skippedKeys: 18 });
  const verify = makeVerifier(issuer, { keySet });
  await expect(verify(issuer.token())).resolves.toBeDefined();
  await expect(verify(issuer.token({}, {}, ed25519))).resolves.toBeDefined();
  for (const key of [weak, dropped]) await expectRefusal(verify, issuer.token({}, {}, key));
  const hmac = { alg: 'HS256', typ: 'at+jwt', kid: 'oct' };
  await expectRefusal(verify, issuer.sign({ iss: issuer.issuer, aud: issuer.audience }, hmac, 'secret'));
});

test('A21 two keys that share an id are told apart by their algorithms, otherwise neither is used', async ({
  issuer,
}) => {
  const { rs256, es256 } = issuer.keys;
  const twin = await makeSigningKey('RS256');
  issuer.published = [rs256.jwk, { ...es256.jwk, kid: rs256.kid }];
  const verify = makeVerifier(issuer);
  await expect(verify(issuer.token())).resolves.toBeDefined();
  await expect(verify(issuer.token({}, { kid: rs256.kid }, es256))).resolves.toBeDefined();
  issuer.published = [rs256.jwk, { ...twin.jwk, kid: rs256.kid }];
  const ambiguous = makeVerifier(issuer);
  await expectRefusal(ambiguous, issuer.token());
  await expectRefusal(ambiguous, issuer.token({}, { kid: rs256.kid }, twin));
});

test('A22 an unknown key id makes the keys load once more', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  await keySet.refresh();
  const next = await makeSigningKey('RS256');
  issuer.published = [...issuer.published, next.jwk];
  clock.advance(COOLDOWN);
  await expect(verify(issuer.token({}, {}, next))).resolves.toBeDefined();
  await expect(verify(issuer.token())).resolves.toBeDefined();
  expect(issuer.requests.keySet).toBe(2);
});

test('A22 a dropped key stops working after the cache age', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  const token = issuer.token(LONG_LIVED);
  await expect(verify(token)).resolves.toBeDefined();
  issuer.published = [issuer.keys.es256.jwk];
  clock.advance(CACHE_AGE / 2 - 1);
  await expect(verify(token)).resolves.toBeDefined();
  expect(issuer.requests.keySet).toBe(1);
  clock.advance(CACHE_AGE / 2 + 1);
  await expectRefusal(verify, token);
  await expect(verify(issuer.token(LONG_LIVED, {}, issuer.keys.es256))).resolves.toBeDefined();
});

test('A22 keys are renewed in the background before they are old', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  await keySet.refresh();
  clock.advance(CACHE_AGE / 2);
  const release = issuer.hold();
  expect(await keySet.find(issuer.keys.rs256.kid, 'RS256')).toBeDefined();
  expect(keySet.state()).toMatchObject({ fetches: 2, age: CACHE_AGE / 2 });
  release();
  await keySet.refresh();
  expect(keySet.state()).toMatchObject({ fetches: 2, failures: 0, age: 0 });
});

test('A23 a flood of unknown key ids causes one fetch per cooldown', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  await keySet.refresh();
  const flood = async () => {
    const tokens = Array.from({ length: 50 }, (_, index) => issuer.token({}, { kid: `unknown-${index}` }));
    await Promise.all(tokens.map((token) => expectRefusal(verify, token)));
    for (const token of tokens) await expectRefusal(verify, token);
  };
  await flood();
  expect(issuer.requests.keySet).toBe(1);
  clock.advance(COOLDOWN);
  await flood();
  clock.advance(COOLDOWN - 1);
  await flood();
  expect(issuer.requests).toMatchObject({ discovery: 2, keySet: 2 });
});

test('A23 the cooldown counts failures too', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  await keySet.refresh();
  issuer.answers.discovery = 'unavailable';
  clock.advance(COOLDOWN);
  for (let index = 0; index < 50; index += 1) {
    const error: unknown = await verify(issuer.token({}, { kid: `unknown-${index}` })).catch(
      (reason: unknown) => reason,
    );
    // With the provider down nobody knows whether the key is a new one: an outage is never the client's fault.
    expect(error).toMatchObject({ status: 503 });
  }
  expect(issuer.requests.discovery).toBe(2);
  clock.advance(COOLDOWN);
  await expect(verify(issuer.token({}, { kid: 'unknown' }))).rejects.toMatchObject({ status: 503 });
  expect(issuer.requests.discovery).toBe(3);
  expect(keySet.state()).toMatchObject({ fetches: 3, failures: 2 });
});

test('A23 tokens that are refused for another reason cause no fetch', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  await keySet.refresh();
  clock.advance(COOLDOWN);
  for (const claims of [{ iss: 'x' }, { aud: 'x' }, { exp: 1 }, { sub: '' }, { cnf: {} }]) {
    await expectRefusal(verify, issuer.token(claims, { kid: 'unknown' }));
  }
  for (const header of [
    { alg: 'none' },
    { alg: 'HS256' },
    { typ: 'JWT' },
    { crit: ['b64'] },
    { kid: 'x'.repeat(257) },
  ]) {
    await expectRefusal(verify, issuer.token({}, { kid: 'unknown', ...header }));
  }
  expect(issuer.requests.discovery).toBe(1);
});

test('A23 requests that come together share one fetch', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const release = issuer.hold();
  const verified = Promise.all(Array.from({ length: 20 }, () => verify(issuer.token())));
  release();
  await verified;
  expect(issuer.requests).toEqual({ discovery: 1, keySet: 1, other: 0 });
});

test('A24 while the provider is down, known keys go on working for hours', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  await keySet.refresh();
  for (const answer of ['unavailable', 'reset', 'malformed', 'huge', 'redirect'] as const) {
    issuer.answers.discovery = answer;
    clock.advance(CACHE_AGE);
    await expect(verify(issuer.token(LONG_LIVED)), answer).resolves.toBeDefined();
    await keySet.refresh();
    expect(keySet.ready()).toBe(true);
  }
  expect(keySet.state()).toMatchObject({ fetches: 6, failures: 5 });
  clock.advance(STALE_AGE - 5 * CACHE_AGE - 1);
  await expect(verify(issuer.token(LONG_LIVED))).resolves.toBeDefined();
});

test('A24 while the provider is known to be down, requests do not wait for it', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  await keySet.refresh();
  issuer.answers.discovery = 'unavailable';
  clock.advance(CACHE_AGE);
  await keySet.find(issuer.keys.rs256.kid, 'RS256');
  clock.advance(COOLDOWN);
  const release = issuer.hold();
  expect(await keySet.find(issuer.keys.rs256.kid, 'RS256')).toBeDefined();
  expect(keySet.state()).toMatchObject({ fetches: 3, failures: 1 });
  release();
  await keySet.refresh();
  expect(keySet.state()).toMatchObject({ fetches: 3, failures: 2 });
});

test('A24 keys that could not be renewed for too long are not trusted any more', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  const token = issuer.token(LONG_LIVED);
  await verify(token);
  issuer.answers.keySet = 'unavailable';
  clock.advance(STALE_AGE);
  expect(keySet.ready()).toBe(false);
  await expect(verify(token)).rejects.toMatchObject({ status: 503 });
  issuer.answers.keySet = 'normal';
  clock.advance(COOLDOWN);
  await expect(verify(token)).resolves.toBeDefined();
  expect(keySet.ready()).toBe(true);
});

test('A24 an empty or unusable key set does not replace a good one', async ({ issuer }) => {
  const clock = new Clock();
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  await keySet.refresh();
  for (const published of [[], [{ kty: 'oct', k: 'AAAA' }], [{ ...issuer.keys.rs256.jwk, use: 'enc' }]]) {
    issuer.published = published;
    clock.advance(CACHE_AGE);
    await expect(verify(issuer.token(LONG_LIVED))).resolves.toBeDefined();
    await keySet.refresh();
    expect(keySet.state()).toMatchObject({ keys: 2 });
  }
  expect(keySet.state()).toMatchObject({ fetches: 4, failures: 3 });
});

test('A24 keys that were never loaded: not ready, 503 with Retry-After, and ready once the provider is back', async ({
  issuer,
}) => {
  const clock = new Clock();
  issuer.answers.discovery = 'unavailable';
  const keySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  const error: unknown = await verify(issuer.token()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({
    status: 503,
    problems: [{ code: 'service-unavailable' }],
    headers: { 'retry-after': '10' },
  });
  expect(keySet.ready()).toBe(false);
  await expect(verify(issuer.token())).rejects.toMatchObject({ status: 503 });
  expect(issuer.requests.discovery).toBe(1);
  await expectRefusal(verify, 'not a token');
  issuer.answers.discovery = 'normal';
  clock.advance(COOLDOWN);
  await expect(verify(issuer.token())).resolves.toBeDefined();
  expect(keySet.ready()).toBe(true);
});

test('options that make no sense are refused by name', () => {
  const make = (options: object) => () =>
    createKeySet({ issuer: 'https://id.example', fetch, now: Date.now, ...options });
  for (const name of ['cacheAge', 'staleAge', 'cooldown', 'timeout', 'maxBytes']) {
    for (const value of [0, -1, Number.NaN]) expect(make({ [name]: value })).toThrow(new RegExp(name));
  }
  expect(make({ cacheAge: 1000, cooldown: 2000 })).toThrow(/cooldown/);
  expect(make({ cacheAge: 2000, cooldown: 1000, staleAge: 1000 })).toThrow(/staleAge/);
});
