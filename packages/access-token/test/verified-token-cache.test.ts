import { makeSigningKey } from '@contract-first/testing';
import { expect } from 'vitest';
import type { KeySet } from '../src/key-set.ts';
import { test } from './issuer-fixture.ts';
import { Clock, expectRefusal, makeKeySet, makeVerifier } from './verifier.ts';

test('a token that was verified is verified once', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const token = issuer.token();
  const principal = await verify(token);
  expect(await verify(token)).toBe(principal);
  expect(await verify(issuer.token())).not.toBe(principal);
});

test('the oldest token gives way, and a capacity of 0 remembers none', async ({ issuer }) => {
  const verify = makeVerifier(issuer, { cacheCapacity: 2 });
  const tokens = [issuer.token(), issuer.token(), issuer.token()] as const;
  const first = await verify(tokens[0]);
  const second = await verify(tokens[1]);
  await verify(tokens[2]);
  expect(await verify(tokens[1])).toBe(second);
  expect(await verify(tokens[0])).not.toBe(first);
  const forgetful = makeVerifier(issuer, { cacheCapacity: 0 });
  expect(await forgetful(tokens[0])).not.toBe(await forgetful(tokens[0]));
});

test('A15 a remembered token expires to the second', async ({ issuer }) => {
  const clock = new Clock();
  const verify = makeVerifier(issuer, { now: clock.now, clockTolerance: 30 });
  const token = issuer.token({ exp: clock.seconds() + 10 });
  await verify(token);
  clock.advance(39_000);
  await expect(verify(token)).resolves.toBeDefined();
  clock.advance(1000);
  await expectRefusal(verify, token);
});

test('A22 a remembered token ends with its key, even if another takes over the id', async ({ issuer }) => {
  const clock = new Clock();
  const keySet: KeySet = makeKeySet(issuer, { now: clock.now });
  const verify = makeVerifier(issuer, { keySet, now: clock.now });
  const token = issuer.token({ exp: clock.seconds() + 10_000 });
  const principal = await verify(token);
  clock.advance(600_000);
  expect(await verify(token)).toBe(principal);
  expect(keySet.state().fetches).toBe(2);
  const other = await makeSigningKey('RS256');
  issuer.published = [{ ...other.jwk, kid: issuer.keys.rs256.kid }];
  clock.advance(600_000);
  await expectRefusal(verify, token);
});
