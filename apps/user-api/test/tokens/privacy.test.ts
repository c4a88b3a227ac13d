import { DatabaseError } from '@contract-first/database';
import { head, rawRequest, type ServiceResponse, TEST_USER } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import type { UserStore } from '../../src/storage/user-store.ts';
import { EXAMPLE_ATTRIBUTES, startService, updateDocument } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

let failure: Error | null = null;

/** A store that fails on demand; the error of a driver quotes the row. */
function failing(users: UserStore): UserStore {
  return {
    ...users,
    async patch(...args) {
      if (failure !== null) throw failure;
      return users.patch(...args);
    },
  };
}

const service = await startService({ wrapStore: failing });
afterAll(() => service.close());

const OTHER = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';

/** Values that a person might send; none of them may be found again. */
const values = {
  firstName: 'Zaphod-first',
  lastName: 'Beeblebrox-last',
  email: 'zaphod.secret@example.org',
  phoneNumber: '+49 170 9876543',
  pictureUrl: 'https://pictures.example.org/zaphod',
  birthDate: '1971-02-03',
  address: { locality: 'Betelgeuse-Town', street: 'Street-of-Secrets', postalCode: 'PC-99999' },
  locale: 'tlh-Latn-ZZ',
  zoneInfo: 'Antarctica/Troll',
};
const texts = [...Object.values(values), ...Object.values(values.address)].filter((value) => typeof value === 'string');
const tokens: string[] = [];

function token(claims: object = {}): string {
  const made = service.token(claims);
  tokens.push(made);
  return made;
}

/** Refusals of every kind that can quote something. */
async function refusals(): Promise<readonly ServiceResponse[]> {
  const spoilt = Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}\n`, value]));
  const wrong = { ...values, email: 'zaphod.secret@', gender: 'Beeblebrox-last', locale: 'Zaphod-first!' };
  const path = `${userPath()}?email=${values.email}&access_token=${token()}`;
  const jsonText = JSON.stringify(updateDocument(values));
  const send = (request: object) => service.send({ method: 'PATCH', token: token(), ...request });
  return [
    await send({ body: updateDocument(wrong) }),
    await send({ body: updateDocument(spoilt) }),
    await send({ body: updateDocument({}, { id: OTHER, type: values.lastName }) }),
    await send({ body: jsonText.slice(0, -1) }),
    await send({ body: jsonText.replace('{"data"', '{"data":1,"data"') }),
    await send({ body: updateDocument(values), path }),
    await send({ body: updateDocument(values), path: userPath(values.email) }),
    await send({ body: updateDocument(values), path: userPath(OTHER) }),
    await send({ body: updateDocument(values), headers: { accept: `text/${values.firstName}` } }),
    await send({ body: updateDocument(values), headers: { 'content-type': `text/${values.firstName}` } }),
    await send({ body: updateDocument(values), headers: { 'if-match': `"${values.email}"` } }),
    await send({ body: updateDocument(values), headers: { 'content-encoding': values.firstName } }),
    await send({ token: token({ exp: 1, email: values.email }), body: updateDocument(values) }),
    await send({ token: token({ aud: values.email }), body: updateDocument(values) }),
    await send({ token: null, headers: { authorization: `Basic ${values.firstName}` } }),
    await send({ token: null, headers: { cookie: `session=${token()}` }, body: updateDocument(values) }),
    await service.send({ method: 'DELETE', path, token: token() }),
  ];
}

async function failures(): Promise<readonly ServiceResponse[]> {
  const responses: ServiceResponse[] = [];
  const quoted = Object.assign(new Error(`invalid input syntax: "${values.email}"`), {
    detail: `Failing row contains (${TEST_USER}, ${values.email})`,
    parameters: Object.values(values),
  });
  const causes = [quoted, new DatabaseError('22P02', 'patch-user'), new Error('outer', { cause: quoted })];
  for (const cause of causes) {
    failure = cause;
    responses.push(await service.send({ method: 'PATCH', token: token(), body: updateDocument(values) }));
  }
  failure = null;
  return responses;
}

function found(haystack: string, needles: readonly string[]): readonly string[] {
  const text = haystack.toLowerCase();
  return needles.filter((needle) => text.includes(needle.toLowerCase()));
}

test('A25 no token and no personal data gets into logs and errors', async () => {
  const accepted = await service.send({ method: 'PATCH', token: token(), body: updateDocument(values) });
  expect(accepted.status).toBe(200);
  expect((await service.send({ token: token() })).text).toContain(values.email);
  const refused = await refusals();
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401, 403, 404, 405, 406, 412, 415, 422]));
  const failed = await failures();
  expect(failed.map(({ status }) => status)).toEqual([501, 501, 501]);
  await rawRequest(service.url, [head(`GET ${userPath(values.email)} HTTP/9.9`, `Authorization: Bearer ${token()}`)]);
  await rawRequest(service.url, [head(`GET / HTTP/1.1`, `Bad ${values.email}: ${token()}`)]);

  const log = service.logLines.join('\n');
  const { rs256, es256 } = service.issuer.keys;
  const parts = tokens.flatMap((text) => [text, ...text.split('.')]);
  const record = Object.values(EXAMPLE_ATTRIBUTES).filter((value) => typeof value === 'string' && value !== 'male');
  const secrets = [...parts, ...texts, ...record.map(String), TEST_USER, OTHER, rs256.kid, es256.kid];
  expect(found(log, secrets)).toEqual([]);

  // What the request names is no secret in its answer, save for values and tokens.
  for (const { text, headers } of [...refused, ...failed]) {
    expect(found(text + JSON.stringify(headers), [...parts, ...texts, TEST_USER])).toEqual([]);
  }
});

test('A25 the log is written at all, with the ids of the requests', async () => {
  const { headers } = await service.send({ token: null });
  const lines = service.logLines.filter((line) => line.includes(headers['x-request-id'] ?? 'none'));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join()).toContain('missing-token');
});

test('A25 a request id that the client made up does not carry data into the log', async () => {
  const { headers } = await service.send({ headers: { 'x-request-id': `${values.email} ${token()}` } });
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(found(service.logLines.join('\n'), [values.email])).toEqual([]);
});
