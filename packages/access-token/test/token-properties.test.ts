import { InvalidTokenError } from '@contract-first/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { testWithSharedIssuer as test } from './issuer-fixture.ts';
import { makeKeySet, makeVerifier } from './verifier.ts';

test('no change of a byte of a valid token verifies', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const tokens = [issuer.token(), issuer.token({}, {}, issuer.keys.es256)];
  const change = fc.record({
    token: fc.constantFrom(...tokens),
    at: fc.nat(),
    replacement: fc.oneof(fc.constantFrom(...'AQgw_-.= \n'), fc.string({ minLength: 0, maxLength: 2, unit: 'binary' })),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ token, at, replacement }) => {
      const position = at % token.length;
      const changed = token.slice(0, position) + replacement + token.slice(position + 1);
      fc.pre(changed !== token);
      await expect(verify(changed)).rejects.toBeInstanceOf(InvalidTokenError);
    }),
    { numRuns: 2000 },
  );
  for (const token of tokens) await expect(verify(token)).resolves.toBeDefined();
});

test('no other last character of a valid token verifies', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (const token of [issuer.token(), issuer.token({}, {}, issuer.keys.es256)]) {
    for (const character of alphabet) {
      if (character === token.at(-1)) continue;
      await expect(verify(token.slice(0, -1) + character)).rejects.toBeInstanceOf(InvalidTokenError);
    }
  }
});

test('no text but a token verifies', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const part = fc.oneof(
    fc.base64String().map((text) => text.replaceAll('=', '')),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc.string({ unit: 'binary' }),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (token) => {
      await expect(verify(token)).rejects.toBeInstanceOf(InvalidTokenError);
    }),
    { numRuns: 1000 },
  );
});

test('A10 a key id that is not the issuer’s is refused, whatever it is', async ({ issuer }) => {
  const keySet = makeKeySet(issuer);
  await keySet.refresh();
  const verify = makeVerifier(issuer, { keySet });
  const kid = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), ...Object.getOwnPropertyNames(Array.prototype)),
    fc.webUrl(),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(kid, async (value) => {
      await expect(verify(issuer.token({}, { kid: value }))).rejects.toBeInstanceOf(InvalidTokenError);
    }),
    { numRuns: 500 },
  );
});

test('A13 claims of any shape are verified or refused, and nothing else happens', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const names = fc.constantFrom(
    'iss',
    'aud',
    'sub',
    'exp',
    'iat',
    'nbf',
    'scope',
    'client_id',
    'azp',
    'cnf',
    '__proto__',
  );
  await fc.assert(
    fc.asyncProperty(names, fc.jsonValue({ maxDepth: 20 }), async (name, value) => {
      const error: unknown = await verify(issuer.token({ [name]: value })).catch((reason: unknown) => reason);
      if (error instanceof Error) expect(error).toBeInstanceOf(InvalidTokenError);
      else expect(['scope', 'client_id', 'azp', 'nbf', 'exp', 'iat', 'sub', '__proto__']).toContain(name);
    }),
    { numRuns: 500 },
  );
});
