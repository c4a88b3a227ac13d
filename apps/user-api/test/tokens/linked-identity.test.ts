import { expectFaults, TEST_USER } from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { linkedIdentityCheck } from '../../src/users/linked-identity.ts';
import { startService, updateDocument } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { userPath } from '../support/user-path.ts';

const service = await startService({
  verifier: { checkClaims: linkedIdentityCheck({ identityProvider: 'acme', claim: 'identity_provider' }) },
});
const otherClaim = await startService({
  verifier: { checkClaims: linkedIdentityCheck({ identityProvider: 'acme', claim: 'https://id.example.com/idp' }) },
});
afterAll(() => Promise.all([service.close(), otherClaim.close()]));

const body = updateDocument({ firstName: 'Ford' });

describe('A26 a user who has the linked identity that the operator requires', () => {
  test.each(['acme', ['acme'], ['google', 'acme']])('A26 %j is served', async (providers) => {
    const token = service.token({ identity_provider: providers });
    expect((await service.send({ token })).status).toBe(200);
    expect((await service.send({ method: 'PATCH', body, token })).status).toBe(200);
  });

  test('A26 by another claim if the operator says so', async () => {
    const token = otherClaim.token({ 'https://id.example.com/idp': ['acme'] });
    expect((await otherClaim.send({ token })).status).toBe(200);
    expectFaults(
      await otherClaim.send({ token: otherClaim.token({ identity_provider: 'acme' }) }),
      401,
      'missing-linked-identity -',
    );
  });
});

describe('A26 a user who lacks it', () => {
  test.each([
    undefined,
    null,
    '',
    'google',
    'acme ',
    ['acme', 1],
    'Acme',
    'acme google',
    'acme,google',
    ['google'],
    [],
    [['acme']],
    { acme: true },
    { '0': 'acme', length: 1 },
    true,
  ])('A26 %j is answered with 401, field for field as published', async (providers) => {
    const token = service.token({ identity_provider: providers });
    const { count } = service.storeCalls;
    const send = async () => [await service.send({ token }), await service.send({ method: 'PATCH', body, token })];
    for (const response of await expectUntouched(service, TEST_USER, send)) {
      expectFaults(response, 401, 'missing-linked-identity -');
      expect(response.body).toEqual({
        errors: [
          {
            id: response.headers['x-request-id'],
            title: 'Missing linked identity for authorized access',
            detail:
              'Linked identity is needed to access this resource, please check why the user does not have a linked identity',
            status: '401',
            code: 'missing-linked-identity',
          },
        ],
      });
      expect(response.headers['www-authenticate']).toBe('Bearer realm="user-api"');
    }
    expect(service.storeCalls.count).toBe(count);
  });

  test('A26, D10 it comes before a missing scope and the record of somebody else', async () => {
    const path = userPath('7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20');
    expectFaults(await service.send({ path, token: service.token({ scope: '' }) }), 401, 'missing-linked-identity -');
  });

  test('A26, A4 a token that is not valid does not learn of it', async () => {
    const response = await service.send({ token: service.token({ exp: 1 }) });
    expectFaults(response, 401, 'invalid-token Authorization');
  });

  test('A26 the id differs each time', async () => {
    const ids = [await service.send(), await service.send()].map(({ body: { errors } }) => errors[0]?.id);
    expect(new Set(ids).size).toBe(2);
  });
});
