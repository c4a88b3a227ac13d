import { makeSigningKey, type SigningKey, startIssuer, type TestIssuer } from '@contract-first/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, makeVerifier } from './verifier.ts';

let issuer: TestIssuer;
let keys: readonly SigningKey[];
beforeAll(async () => {
  issuer = await startIssuer();
  const algorithms = ['RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
  keys = await Promise.all(algorithms.map((algorithm) => makeSigningKey(algorithm)));
  issuer.published = [...issuer.published, ...keys.map((key) => key.jwk)];
});
afterAll(() => issuer.close());

test('A8 every asymmetric algorithm of the list verifies', async () => {
  const verify = makeVerifier(issuer);
  for (const key of [issuer.keys.rs256, issuer.keys.es256, ...keys]) {
    await expect(verify(issuer.token({}, {}, key)), key.algorithm).resolves.toBeDefined();
  }
});

test('A8 none is refused in every spelling', async () => {
  const verify = makeVerifier(issuer);
  const claims = JSON.parse(Buffer.from(issuer.token().split('.')[1] ?? '', 'base64url').toString());
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, undefined, 0, [], ['RS256'], {}]) {
    const header = { alg, typ: 'at+jwt', kid: issuer.keys.rs256.kid };
    await expectRefusal(verify, issuer.sign(claims, header, null));
    await expectRefusal(verify, `${issuer.sign(claims, header, null)}AAAA`);
    await expectRefusal(verify, issuer.sign(claims, header, issuer.keys.rs256.privateKey));
  }
});

test('A8 an HMAC with the public key as its secret is refused', async () => {
  const verify = makeVerifier(issuer);
  const { publicKey, kid, jwk } = issuer.keys.rs256;
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  for (const alg of ['HS256', 'HS384', 'HS512']) {
    for (const secret of [pem, pem.trim(), JSON.stringify(jwk), String(jwk['n'])]) {
      const claims = { iss: issuer.issuer, aud: issuer.audience };
      await expectRefusal(verify, issuer.sign(claims, { alg, typ: 'at+jwt', kid }, secret));
    }
  }
});

test('A8 an algorithm other than the one that the key declares is refused', async () => {
  const verify = makeVerifier(issuer);
  const rsa = [
    issuer.keys.rs256,
    ...keys.filter((key) => key.algorithm.includes('S') && !key.algorithm.startsWith('E')),
  ];
  for (const key of rsa) {
    for (const alg of ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']) {
      if (alg !== key.algorithm) await expectRefusal(verify, issuer.token({}, { alg }, key));
    }
  }
});

test('A8 an algorithm of another kind of key is refused', async () => {
  const verify = makeVerifier(issuer);
  for (const alg of ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS1', 'HS256', 'ES256K', 'RSA-OAEP', 'dir', 'toString']) {
    await expectRefusal(verify, issuer.token({}, { alg }));
  }
  for (const alg of ['RS256', 'ES384', 'EdDSA'])
    await expectRefusal(verify, issuer.token({}, { alg }, issuer.keys.es256));
});

test('A8 a key that declares no algorithm verifies those that fit its type, and no other', async () => {
  const plain = await startIssuer();
  plain.published = plain.published.map((jwk) => ({ ...jwk, alg: undefined, use: undefined }));
  const verify = makeVerifier(plain);
  for (const alg of ['RS256', 'RS512', 'PS256']) await expect(verify(plain.token({}, { alg }))).resolves.toBeDefined();
  await expect(verify(plain.token({}, {}, plain.keys.es256))).resolves.toBeDefined();
  for (const alg of ['ES256', 'HS256', 'none']) await expectRefusal(verify, plain.token({}, { alg }));
  await plain.close();
});

test('A8 the signature of another key is refused', async () => {
  const attacker = await makeSigningKey('RS256');
  await expectRefusal(makeVerifier(issuer), issuer.token({}, { kid: issuer.keys.rs256.kid }, attacker));
});
