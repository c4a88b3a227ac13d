import { InvalidTokenError } from '@contract-first/core';
import { makeSigningKey, startIssuer, TEST_USER, type TestIssuer } from '@contract-first/testing';
import { CompactEncrypt, exportJWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, makeKeySet, makeVerifier } from './verifier.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

test('a valid token gives the subject and the scopes', async () => {
  const principal = await makeVerifier(issuer)(issuer.token());
  expect(principal).toEqual({ subject: TEST_USER, scopes: new Set(['user:users:read', 'user:users:write']) });
});

test('A7 whatever is not three base64url parts is refused', async () => {
  const verify = makeVerifier(issuer);
  const token = issuer.token();
  const [header, payload, signature] = token.split('.');
  const malformed = [
    '',
    '.',
    '..',
    'x',
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${token}.`,
    `.${token}`,
    `${token}.${signature}`,
    ` ${token}`,
    `${token} `,
    `${token}\n`,
    `${token}=`,
    `${header} .${payload}.${signature}`,
    `${header}.${payload?.slice(0, 8)}\n${payload?.slice(8)}.${signature}`,
    `${header}.${payload}.+${signature?.slice(1)}`,
    `${header}.${payload}.${signature}\u0000`,
    `${header}.${payload}.${signature}ä`,
  ];
  for (const text of malformed) await expectRefusal(verify, text);
  await expect(verify(token)).resolves.toBeDefined();
});

test('A7 a token over 8 KiB is refused', async () => {
  const verify = makeVerifier(issuer);
  const short = issuer.token({ padding: '' }).length;
  const fill = (length: number) => issuer.token({ padding: 'x'.repeat(Math.floor(((length - short) * 3) / 4)) });
  const fitting = fill(8192);
  expect(fitting.length).toBeGreaterThan(8188);
  expect(fitting.length).toBeLessThanOrEqual(8192);
  await expect(verify(fitting)).resolves.toBeDefined();
  await expectRefusal(verify, fill(8196));
});

test('A7 a signature with stray bits behind its last byte is refused', async () => {
  const token = issuer.token();
  const last = token.at(-1) ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const spoiled = token.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1];
  expect(Buffer.from(spoiled, 'base64url')).toEqual(Buffer.from(token, 'base64url'));
  await expectRefusal(makeVerifier(issuer), spoiled);
});

test('A7 parts that are not JSON objects in UTF-8 are refused', async () => {
  const verify = makeVerifier(issuer);
  const header = { alg: 'RS256', typ: 'at+jwt', kid: issuer.keys.rs256.kid };
  const key = issuer.keys.rs256.privateKey;
  for (const part of ['', 'null', '[]', '"x"', '1', '{', '{"a":1}x', '\uFEFF{}', '['.repeat(3000)]) {
    await expectRefusal(verify, issuer.sign(part, header, key));
    await expectRefusal(verify, issuer.sign({}, part, key));
  }
});

test('A9 keys that the token brings along are never used and never fetched', async () => {
  const urls: string[] = [];
  const countingFetch: typeof fetch = (input, init) => {
    urls.push(String(input));
    return fetch(input, init);
  };
  const keySet = makeKeySet(issuer, { fetch: countingFetch });
  const verify = makeVerifier(issuer, { keySet });
  await keySet.refresh();
  urls.length = 0;
  const attacker = await makeSigningKey('RS256');
  const url = `${issuer.issuer}/attacker`;
  const hostile = [
    { jwk: attacker.jwk },
    { jku: url },
    { x5u: url },
    { x5c: ['MIIB'] },
    { jwk: attacker.jwk, jku: url },
  ];
  for (const header of hostile) {
    await expectRefusal(verify, issuer.token({}, { ...header, kid: issuer.keys.rs256.kid }, attacker));
    await expectRefusal(verify, issuer.token({}, { ...header, kid: undefined }, attacker));
  }
  expect(urls).toEqual([]);
  expect(issuer.requests.other).toBe(0);
});

test('A10 hostile key ids are refused', async () => {
  const verify = makeVerifier(issuer);
  const hostile = [
    '',
    ' ',
    'x'.repeat(257),
    'x'.repeat(4000),
    '../../../../dev/null',
    '/etc/passwd',
    'file:///dev/null',
    `${issuer.issuer}/keys`,
    "' OR '1'='1",
    "x'; DROP TABLE users; --",
    '| cat /etc/passwd',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '0',
    'length',
    '\uFFFF',
    `${issuer.keys.rs256.kid} `,
    issuer.keys.rs256.kid.toUpperCase(),
    null,
    0,
    true,
    [],
    [issuer.keys.rs256.kid],
    { toString: issuer.keys.rs256.kid },
  ];
  for (const kid of hostile) await expectRefusal(verify, issuer.token({}, { kid }));
  await expectRefusal(verify, issuer.token({}, { kid: issuer.keys.es256.kid }));
});

test('A10 without a key id the only key that fits is taken, and none if there are two', async () => {
  const verify = makeVerifier(issuer);
  await expect(verify(issuer.token({}, { kid: undefined }))).resolves.toBeDefined();
  const second = await makeSigningKey('RS256');
  const issuerOfTwo = await startIssuer();
  issuerOfTwo.published = [...issuerOfTwo.published, second.jwk];
  await expectRefusal(makeVerifier(issuerOfTwo), issuerOfTwo.token({}, { kid: undefined }));
  await issuerOfTwo.close();
});

test('A11 crit, b64, cty and zip are refused', async () => {
  const verify = makeVerifier(issuer);
  const hostile = [
    { crit: ['exp'], exp: 1 },
    { crit: [] },
    { crit: ['b64'], b64: false },
    { b64: true },
    { b64: false },
    { cty: 'JWT' },
    { cty: 'at+jwt' },
    { zip: 'DEF' },
    { enc: 'A256GCM' },
  ];
  for (const header of hostile) await expectRefusal(verify, issuer.token({}, header));
});

test('A11 an encrypted token and a token within a token are refused', async () => {
  const verify = makeVerifier(issuer);
  const inner = issuer.token();
  const encrypted = await new CompactEncrypt(Buffer.from(inner))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', typ: 'at+jwt', kid: issuer.keys.rs256.kid })
    .encrypt(await exportJWK(issuer.keys.rs256.publicKey));
  expect(encrypted.split('.')).toHaveLength(5);
  await expectRefusal(verify, encrypted);
  const header = { alg: 'RS256', typ: 'at+jwt', kid: issuer.keys.rs256.kid };
  await expectRefusal(verify, issuer.sign(inner, header, issuer.keys.rs256.privateKey));
  await expectRefusal(verify, issuer.sign(inner, { ...header, cty: 'JWT' }, issuer.keys.rs256.privateKey));
});

test('A18 duplicate claims and header parameters are refused', async () => {
  const verify = makeVerifier(issuer);
  const { kid, privateKey } = issuer.keys.rs256;
  const now = Math.floor(Date.now() / 1000);
  const header = `{"alg":"RS256","typ":"at+jwt","kid":"${kid}"`;
  const claims = `{"iss":"${issuer.issuer}","aud":"user-api","sub":"${TEST_USER}","iat":${now},"exp":${now + 60}`;
  await expect(verify(issuer.sign(`${claims}}`, `${header}}`, privateKey))).resolves.toBeDefined();
  for (const more of [`"sub":"${TEST_USER}"`, '"exp":9999999999', '"\\u0073ub":"x"', '"a":{"b":1,"b":2}']) {
    await expectRefusal(verify, issuer.sign(`${claims},${more}}`, `${header}}`, privateKey));
  }
  for (const more of ['"alg":"RS256"', `"kid":"${kid}"`, '"\\u0061lg":"none"']) {
    await expectRefusal(verify, issuer.sign(`${claims}}`, `${header},${more}}`, privateKey));
  }
});

test('A25 the reason of a refusal holds neither the token nor a claim', async () => {
  const verify = makeVerifier(issuer);
  const hostile = [
    issuer.token({ iss: 'SECRET' }),
    issuer.token({ aud: 'SECRET' }),
    issuer.token({ sub: '', SECRET: 1 }),
    issuer.token({ exp: 'SECRET' }),
    issuer.token({ cnf: 'SECRET' }),
    issuer.token({}, { kid: 'SECRET' }),
    issuer.token({}, { typ: 'SECRET' }),
    issuer.token({}, { alg: 'SECRET' }),
    'SECRET.SECRET.SECRET',
  ];
  for (const token of hostile) {
    const error: unknown = await verify(token).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidTokenError);
    for (let cause = error; cause instanceof Error; cause = cause.cause) expect(cause.message).not.toContain('SECRET');
  }
});
