import { DatabaseUnavailableError } from '@contract-first/database';
import { expectFaults, type ServiceRequest } from '@contract-first/testing';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { UserStore } from '../../src/storage/user-store.ts';
import { startService, updateDocument } from '../support/service.ts';

/** What the store throws at the next calls; null lets them through. */
let failure: { readonly thrown: unknown } | null = null;

function failing(users: UserStore): UserStore {
  const fail = (): void => {
    if (failure !== null) throw failure.thrown;
  };
  return {
    ...users,
    async get(...args) {
      fail();
      return users.get(...args);
    },
    async patch(...args) {
      fail();
      return users.patch(...args);
    },
  };
}

const service = await startService({ wrapStore: failing });
afterAll(() => service.close());

beforeEach(() => {
  failure = null;
});

const requests: readonly (readonly [string, ServiceRequest])[] = [
  ['GET', {}],
  ['PATCH', { method: 'PATCH', body: updateDocument({ firstName: 'Ford' }) }],
  ['PATCH of createdAt', { method: 'PATCH', body: updateDocument({ createdAt: '2021-09-01T23:12:56Z' }) }],
];

const SECRET = 'password authentication failed for user "boss" at 10.0.0.1, statement: select $1';

function coded(code: string): Error {
  return Object.assign(new Error(SECRET), { code, statusCode: 400, detail: SECRET });
}

describe.each(requests)('D9 %s', (_name, request) => {
  test('D9 an outage of the database is answered with 503 and Retry-After', async () => {
    failure = { thrown: new DatabaseUnavailableError(new Error(SECRET)) };
    const response = await service.send(request);
    expectFaults(response, 503, 'service-unavailable -');
    expect(response.headers['retry-after']).toBe('5');
    expect(response.text).not.toContain('boss');
  });

  test.each([
    ['an Error', new Error(SECRET)],
    ['a TypeError', new TypeError(SECRET)],
    ['an error with the status of a client', Object.assign(new Error(SECRET), { status: 404, statusCode: 404 })],
    ['an error that Node throws for a reset connection', coded('ECONNRESET')],
    ['an error that the framework throws for a large body', coded('FST_ERR_CTP_BODY_TOO_LARGE')],
    ['an error that the framework throws for a wrong body', coded('FST_ERR_VALIDATION')],
    ['an SQLSTATE that validation should have kept away', coded('22P02')],
    ['a text', SECRET],
    ['an object', { statusCode: 200, message: SECRET }],
    ['null', null],
    ['undefined', undefined],
  ])('D9 %s is answered with 501 that tells nothing', async (_thing, thrown) => {
    failure = { thrown };
    const response = await service.send(request);
    expectFaults(response, 501, 'internal-error -');
    expect(response.headers).not.toHaveProperty('retry-after');
    expect(response.body.errors).toEqual([
      {
        id: response.headers['x-request-id'],
        status: '501',
        code: 'internal-error',
        title: 'Internal server error',
        detail: 'The request could not be carried out because of an unexpected failure.',
      },
    ]);
    expect(JSON.stringify(response.headers)).not.toContain('boss');
  });

  test('D9 once the outage is over, the answer is 200', async () => {
    expect((await service.send(request)).status).toBe(200);
  });
});

test('D9 the operator finds the failure in the log by the id of the error', async () => {
  failure = { thrown: new Error('the cause') };
  const { body } = await service.send();
  const id = body.errors[0]?.id ?? 'none';
  const [line] = service.logLines.filter((text) => text.includes(id) && text.includes('the cause'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', reqId: id, codes: ['internal-error'] });
});

describe('D9 the identity provider', () => {
  test.each(['unavailable', 'reset'] as const)(
    'D9 %s before the keys were loaded: 503 with Retry-After, not 401',
    async (answer) => {
      const fresh = await startService();
      try {
        fresh.issuer.answers.discovery = answer;
        for (const [, request] of requests) {
          const response = await fresh.send(request);
          expectFaults(response, 503, 'service-unavailable -');
          expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
          expect(response.headers).not.toHaveProperty('www-authenticate');
        }
        expect(fresh.storeCalls.count).toBe(0);
        // What needs no key to be refused is refused as always.
        expectFaults(await fresh.send({ token: null }), 401, 'missing-token -');
        expectFaults(await fresh.send({ token: 'x' }), 401, 'invalid-token Authorization');
        expectFaults(await fresh.send({ token: fresh.token({ exp: 1 }) }), 401, 'invalid-token Authorization');
      } finally {
        await fresh.close();
      }
    },
  );

  test('D9 down after the keys were loaded: the service goes on', async () => {
    expect((await service.send()).status).toBe(200);
    service.issuer.answers.discovery = 'unavailable';
    service.issuer.answers.keySet = 'unavailable';
    expect((await service.send({ token: service.token({ jti: 'another' }) })).status).toBe(200);
  });
});
