import { randomUUID } from 'node:crypto';
import { expectFaults, TEST_USER } from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { startService, type TestService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';

const service = await startService();
const keycloak = await startService({ verifier: { tokenProfile: 'keycloak' } });
afterAll(() => Promise.all([service.close(), keycloak.close()]));

/** What such a token may do with the record of the test user: nothing. */
async function expectNoProfile(target: TestService, token: string): Promise<void> {
  const { count } = target.storeCalls;
  expectFaults(await target.send({ token }), 403, 'not-owner Authorization');
  const change = () => target.patch({ firstName: 'Nobody' }, { token });
  expectFaults(await expectUntouched(target, TEST_USER, change), 403, 'not-owner Authorization');
  expect(target.storeCalls.count).toBe(count);
}

describe('A17 the subject is the id of the user', () => {
  test.each([TEST_USER, TEST_USER.toUpperCase()])('A17 %s owns the record', async (sub) => {
    expect((await service.send({ token: service.token({ sub }) })).body.data.id).toBe(TEST_USER);
    expect((await service.patch({}, { token: service.token({ sub }) })).status).toBe(200);
  });

  test.each([
    randomUUID(),
    'john',
    `${TEST_USER} `,
    ` ${TEST_USER}`,
    `urn:uuid:${TEST_USER}`,
    `{${TEST_USER}}`,
    TEST_USER.replaceAll('-', ''),
    `client:${TEST_USER}`,
    `${TEST_USER}\n`,
    `f:realm:${TEST_USER}`,
  ])('A17 %j does not', async (sub) => {
    await expectNoProfile(service, service.token({ sub }));
  });

  test('A17 other claims that name a user count for nothing', async () => {
    const claims = {
      sub: randomUUID(),
      user_id: TEST_USER,
      userId: TEST_USER,
      uid: TEST_USER,
      act: { sub: TEST_USER },
    };
    await expectNoProfile(service, service.token(claims));
  });
});

describe('A17 a client’s own token owns no profile', () => {
  test.each([
    ['the client id is the subject', { client_id: TEST_USER }],
    ['azp is the subject', { azp: TEST_USER }],
  ])('A17 %s', async (_name, claims) => {
    await expectNoProfile(service, service.token({ sub: TEST_USER, ...claims }));
  });

  test.each([
    ['a service account by its name', { preferred_username: 'service-account-mailer' }],
    ['a service account by its host', { clientHost: '10.0.0.1' }],
    ['a service account by its address', { clientAddress: '10.0.0.1' }],
  ])('A17 Keycloak: %s', async (_name, claims) => {
    const bearer = { typ: 'Bearer', azp: 'app', client_id: undefined };
    const token = (more: object) => keycloak.token({ ...bearer, ...more }, { typ: 'JWT' });
    expect((await keycloak.send({ token: token({}) })).status).toBe(200);
    await expectNoProfile(keycloak, token(claims));
  });
});
