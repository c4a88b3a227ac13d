import { TEST_USER } from '@contract-first/testing';
import { expect } from 'vitest';
import { testWithSharedIssuer as test } from './issuer-fixture.ts';
import { Clock, expectRefusal, makeVerifier } from './verifier.ts';

const KEYCLOAK_CLAIMS = { typ: 'Bearer', azp: 'console', client_id: undefined };
const KEYCLOAK_HEADER = { typ: 'JWT' };

test('A12 the header type is at+jwt, in any case, with or without application/', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  for (const typ of ['at+jwt', 'AT+JWT', 'At+Jwt', 'application/at+jwt', 'Application/AT+JWT']) {
    await expect(verify(issuer.token({}, { typ })), typ).resolves.toBeDefined();
  }
  for (const typ of [
    undefined,
    null,
    '',
    'JWT',
    'jwt',
    'at+jwt ',
    'at',
    'application/jwt',
    'logout+jwt',
    1,
    ['at+jwt'],
  ]) {
    await expectRefusal(verify, issuer.token({}, { typ }));
  }
});

test('A12 the Keycloak profile takes JWT with the claim typ Bearer', async ({ issuer }) => {
  const verify = makeVerifier(issuer, { tokenProfile: 'keycloak' });
  const principal = await verify(issuer.token(KEYCLOAK_CLAIMS, KEYCLOAK_HEADER));
  expect(principal.subject).toBe(TEST_USER);
  for (const typ of ['ID', 'Refresh', 'Offline', 'bearer', '', null, undefined, ['Bearer']]) {
    await expectRefusal(verify, issuer.token({ ...KEYCLOAK_CLAIMS, typ }, KEYCLOAK_HEADER));
  }
  for (const typ of ['at+jwt', undefined, '', 'ID'])
    await expectRefusal(verify, issuer.token(KEYCLOAK_CLAIMS, { typ }));
});

test('A12 the Keycloak profile refuses ID tokens', async ({ issuer }) => {
  const verify = makeVerifier(issuer, { tokenProfile: 'keycloak' });
  for (const claim of [{ nonce: 'n' }, { at_hash: 'h' }, { c_hash: 'h' }, { s_hash: 'h' }, { nonce: null }]) {
    await expectRefusal(verify, issuer.token({ ...KEYCLOAK_CLAIMS, ...claim }, KEYCLOAK_HEADER));
  }
});

test('A13 iss, exp, aud, sub and iat are required', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  for (const name of ['iss', 'exp', 'aud', 'sub', 'iat']) {
    for (const value of [undefined, null, true, {}, []]) await expectRefusal(verify, issuer.token({ [name]: value }));
  }
});

test('A13 claims of a wrong type are refused', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const later = String(Math.floor(Date.now() / 1000) + 60);
  const wrong = [
    { iss: [issuer.issuer] },
    { exp: later },
    { exp: [later] },
    { iat: '1' },
    { nbf: '1' },
    { nbf: null },
    { aud: [issuer.audience, 1] },
    { aud: { 0: issuer.audience } },
    { sub: 1 },
    { sub: [TEST_USER] },
    { sub: '' },
    { sub: 'x'.repeat(256) },
    { scope: ['user:users:write'] },
    { scope: null },
  ];
  for (const claims of wrong) await expectRefusal(verify, issuer.token(claims));
});

test('A13 an expiry that is infinite is refused', async ({ issuer }) => {
  const { kid, privateKey } = issuer.keys.rs256;
  const claims = `{"iss":"${issuer.issuer}","aud":"user-api","sub":"${TEST_USER}","iat":1,"exp":1e999}`;
  await expectRefusal(makeVerifier(issuer), issuer.sign(claims, { alg: 'RS256', typ: 'at+jwt', kid }, privateKey));
});

test('A14 the issuer is compared exactly', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const { issuer: url } = issuer;
  for (const iss of [`${url}/`, url.toUpperCase(), url.replace('127.0.0.1', 'localhost'), ` ${url}`, `${url}?`, '']) {
    await expectRefusal(verify, issuer.token({ iss }));
  }
});

test('A14 the audience contains ours, exactly', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  for (const aud of ['user-api', ['user-api'], ['other', 'user-api']]) {
    await expect(verify(issuer.token({ aud }))).resolves.toBeDefined();
  }
  for (const aud of ['', 'User-Api', 'user-api ', 'user-api other', 'user', ['other'], [], [['user-api']]]) {
    await expectRefusal(verify, issuer.token({ aud }));
  }
});

test('A15 one tolerance holds for exp, nbf and iat, to the second', async ({ issuer }) => {
  const clock = new Clock();
  const verify = makeVerifier(issuer, { clockTolerance: 30, now: clock.now });
  const now = clock.seconds();
  for (const claims of [{ exp: now - 29 }, { nbf: now + 30 }, { iat: now + 30 }]) {
    await expect(verify(issuer.token({ iat: now - 60, ...claims })), JSON.stringify(claims)).resolves.toBeDefined();
  }
  for (const claims of [
    { exp: now - 30 },
    { exp: now - 31 },
    { nbf: now + 31 },
    { iat: now + 31 },
    { exp: 0 },
    { exp: -1 },
  ]) {
    await expectRefusal(verify, issuer.token({ iat: now - 60, ...claims }));
  }
});

test('A15 a tolerance over 60 seconds is refused at the start', ({ issuer }) => {
  expect(() => makeVerifier(issuer, { clockTolerance: 60 })).not.toThrow();
  for (const clockTolerance of [61, -1, Number.NaN]) {
    expect(() => makeVerifier(issuer, { clockTolerance })).toThrow(/clockTolerance/);
  }
});

test('A16 scopes are parted at single spaces and compared exactly', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const scopesOf = async (scope: string | undefined) => [...(await verify(issuer.token({ scope }))).scopes];
  expect(await scopesOf('a b c')).toEqual(['a', 'b', 'c']);
  expect(await scopesOf('A a')).toEqual(['A', 'a']);
  expect(await scopesOf('a a')).toEqual(['a']);
  expect(await scopesOf('')).toEqual([]);
  expect(await scopesOf(undefined)).toEqual([]);
});

test('A16 a malformed scope grants nothing that is not spelled out', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const scopesOf = async (scope: string) => [...(await verify(issuer.token({ scope }))).scopes];
  expect(await scopesOf(' a  b ')).toEqual(['a', 'b']);
  expect(await scopesOf('   ')).toEqual([]);
  expect(await scopesOf('a,b')).toEqual(['a,b']);
  expect(await scopesOf('a\tb')).toEqual([]);
  expect(await scopesOf('a\nb c')).toEqual(['c']);
  expect(await scopesOf('user:users:write\u00a0x')).toEqual([]);
  expect(await scopesOf('"a" b\\c')).toEqual([]);
});

test('A17 the subject is the user id in lower case', async ({ issuer }) => {
  const principal = await makeVerifier(issuer)(issuer.token({ sub: TEST_USER.toUpperCase() }));
  expect(principal.subject).toBe(TEST_USER);
});

test("A17 a client's own token authenticates, but its subject is the id of no user", async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const subjectOf = async (claims: object) => (await verify(issuer.token(claims))).subject;
  expect(await subjectOf({ sub: 'batch-job', client_id: 'batch-job' })).toBe('client:batch-job');
  expect(await subjectOf({ sub: TEST_USER, client_id: TEST_USER })).toBe(`client:${TEST_USER}`);
  expect(await subjectOf({ sub: TEST_USER, azp: TEST_USER })).toBe(`client:${TEST_USER}`);
});

test('A17 a subject that is not exactly a UUID is the id of no user', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  const similar = [
    'alice',
    `urn:uuid:${TEST_USER}`,
    `{${TEST_USER}}`,
    ` ${TEST_USER}`,
    `${TEST_USER}\n`,
    TEST_USER.replaceAll('-', ''),
    `${TEST_USER}0`,
    `auth0|${TEST_USER}`,
  ];
  for (const sub of similar) expect((await verify(issuer.token({ sub }))).subject).toBe(`client:${sub}`);
});

test("A17 Keycloak's service accounts are clients", async ({ issuer }) => {
  const verify = makeVerifier(issuer, { tokenProfile: 'keycloak' });
  const marks = [
    { preferred_username: 'service-account-job' },
    { clientHost: '10.0.0.1' },
    { clientAddress: '10.0.0.1' },
  ];
  for (const mark of marks) {
    const principal = await verify(issuer.token({ ...KEYCLOAK_CLAIMS, ...mark }, KEYCLOAK_HEADER));
    expect(principal.subject).toBe(`client:${TEST_USER}`);
  }
  const person = await verify(issuer.token({ ...KEYCLOAK_CLAIMS, preferred_username: 'john' }, KEYCLOAK_HEADER));
  expect(person.subject).toBe(TEST_USER);
});

test('A19 a token that is bound to a key is refused', async ({ issuer }) => {
  const verify = makeVerifier(issuer);
  for (const cnf of [{ jkt: 'x' }, { 'x5t#S256': 'x' }, {}, null, 'x'])
    await expectRefusal(verify, issuer.token({ cnf }));
});

test('further claims are checked once the token can be trusted, and with their own refusal', async ({ issuer }) => {
  const refusal = new Error('not for you');
  const seen: unknown[] = [];
  const verify = makeVerifier(issuer, {
    checkClaims: (payload) => {
      seen.push(payload['plan']);
      if (payload['plan'] !== 'paid') throw refusal;
    },
  });
  await expect(verify(issuer.token({ plan: 'paid' }))).resolves.toBeDefined();
  await expect(verify(issuer.token({ plan: 'free' }))).rejects.toBe(refusal);
  await expectRefusal(verify, issuer.token({ plan: 'paid', exp: 1 }));
  await expectRefusal(verify, issuer.token({ plan: 'paid' }, { kid: issuer.keys.rs256.kid }, issuer.keys.es256));
  expect(seen).toEqual(['paid', 'free']);
});
