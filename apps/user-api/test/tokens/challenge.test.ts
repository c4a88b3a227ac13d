import {
  expectFaults,
  makeSigningKey,
  type ServiceRequest,
  type ServiceResponse,
  type SigningKey,
  TEST_USER,
} from '@contract-first/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, updateDocument } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';

const service = await startService();
afterAll(() => service.close());

const REALM = 'Bearer realm="user-api"';
const change: ServiceRequest = { method: 'PATCH', body: updateDocument({ firstName: 'Nobody' }) };

/** Sends a GET and a PATCH; neither may get as far as the store. */
async function refused(request: ServiceRequest): Promise<readonly ServiceResponse[]> {
  const { count } = service.storeCalls;
  const send = async () => [await service.send(request), await service.send({ ...change, ...request })];
  const responses = await expectUntouched(service, TEST_USER, send);
  expect(service.storeCalls.count).toBe(count);
  return responses;
}

function expectChallenge(responses: readonly ServiceResponse[], fault: string, challenge: string): void {
  for (const response of responses) {
    expectFaults(response, 401, fault);
    expect(response.headers['www-authenticate']).toBe(challenge);
  }
}

describe('A4 a bad token', () => {
  let foreign: SigningKey;

  beforeAll(async () => {
    foreign = await makeSigningKey('RS256');
  });

  const spoiltSignature = (token: string): string => token.replace(/[^.]{20}$/, 'A'.repeat(20));
  const bad: readonly (readonly [string, () => string])[] = [
    ['expired', () => service.token({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['not valid yet', () => service.token({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['of another issuer', () => service.token({ iss: 'https://id.example.com' })],
    ['for another audience', () => service.token({ aud: 'billing' })],
    ['without expiry', () => service.token({ exp: undefined })],
    ['without subject', () => service.token({ sub: undefined })],
    ['signed with a key of somebody else', () => service.issuer.token({}, {}, foreign)],
    ['forged with a known key id', () => service.issuer.token({}, { kid: service.issuer.keys.rs256.kid }, foreign)],
    ['with another signature', () => spoiltSignature(service.token())],
    ['without signature', () => service.issuer.sign({ sub: TEST_USER }, { alg: 'none' }, null)],
    ['that is an ID token', () => service.token({}, { typ: 'JWT' })],
    ['that is no JWT', () => 'opaque'],
    ['that is a refresh token', () => 'a.b'],
  ];

  test.each(bad)('A4 %s is an invalid token', async (_name, token) => {
    const responses = await refused({ token: token() });
    expectChallenge(responses, 'invalid-token Authorization', `${REALM}, error="invalid_token"`);
  });

  test('A4 the answer is the same whatever is wrong with it', async () => {
    const answers = new Set<string>();
    for (const [, token] of bad) {
      const { status, text, headers } = await service.send({
        token: token(),
        headers: { 'x-request-id': 'same-for-all' },
      });
      const { date: _, ...rest } = headers;
      answers.add(JSON.stringify([status, text, rest]));
    }
    expect(answers.size).toBe(1);
    expect([...answers].join()).not.toMatch(/RS256|audience|127\.0\.0\.1|expired at|kid|user-api"\]/);
  });
});
