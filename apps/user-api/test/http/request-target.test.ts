import { TEST_USER } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { exchangeBytes, requestHead, USER_PATH, type WireResponse } from '../support/connection.ts';
import { startService } from '../support/service.ts';
import { expectRefusal } from '../support/wire-refusal.ts';

const service = await startService();
afterAll(() => service.close());

const USERS = `${contract.basePath}/users`;

function get(target: string, ...lines: readonly string[]): Promise<WireResponse> {
  return exchangeBytes(service.url, requestHead('GET', target, `authorization: Bearer ${service.token()}`, ...lines));
}

async function expectNotFound(target: string): Promise<void> {
  const calls = service.storeCalls.count;
  expectRefusal(await get(target), 404, 'not-found');
  expect(service.storeCalls.count).toBe(calls);
}

describe('H4 a path that names nothing is refused with 404, without the database', () => {
  test.each([
    ['an undecodable escape', `${USERS}/%zz`],
    ['an escape that ends early', `${USERS}/${TEST_USER}%`],
    ['an escape that is not UTF-8', `${USERS}/%ff`],
    ['an overlong escape', `${USERS}/%c0%af`],
    ['an escaped NUL', `${USERS}/${TEST_USER}%00`],
    ['an escaped slash', `${contract.basePath}%2Fusers%2F${TEST_USER}`],
    ['an escaped slash in the id', `${USERS}/x%2F${TEST_USER}`],
    ['a trailing slash', `${USER_PATH}/`],
    ['an escaped trailing slash', `${USER_PATH}%2F`],
    ['a doubled slash', `${contract.basePath}//users/${TEST_USER}`],
    ['a leading doubled slash', `/${USER_PATH}`],
    ['a dot segment', `${USERS}/./${TEST_USER}`],
    ['a double-dot segment', `${USERS}/x/../${TEST_USER}`],
    ['an escaped double-dot segment', `${USERS}/x/%2e%2e/${TEST_USER}`],
    ['a double-dot id', `${USERS}/..`],
    ['an escaped letter of the path', `${contract.basePath}/us%65rs/${TEST_USER}`],
    ['another case of the path', `${contract.basePath}/Users/${TEST_USER}`],
    ['a matrix parameter', `${USER_PATH};v=1`],
    ['a backslash', `${contract.basePath}\\users\\${TEST_USER}`],
    ['more segments', `${USER_PATH}/address`],
    ['fewer segments', USERS],
    ['no base path', `/users/${TEST_USER}`],
    ['another version', `/user/2021-1/users/${TEST_USER}`],
    ['the root', '/'],
    ['an asterisk', '*'],
    ['a name of every object', `${contract.basePath}/__proto__/${TEST_USER}`],
  ])('H4 %s', (_name, target) => expectNotFound(target));

  test.each(['GET', 'PATCH', 'BREW', 'DELETE', 'OPTIONS'])(
    'H4 %s takes one spelling of a path: an escaped letter names nothing',
    async (method) => {
      const target = `${contract.basePath}/us%65rs/${TEST_USER}`;
      expectRefusal(await exchangeBytes(service.url, requestHead(method, target)), 404, 'not-found');
    },
  );

  test('H4 whatever stands in the path, only the user id is found', async () => {
    const unit = fc.constantFrom(...'/.%;:@!~0aZ2fF-_', '%2F', '%00', '..', '//');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, minLength: 1, maxLength: 30 }), fc.boolean(), (junk, isBefore) =>
        expectNotFound(isBefore ? `${USERS}/${junk}/${TEST_USER}` : `${USER_PATH}${junk}`),
      ),
      { numRuns: 100 },
    );
  });
});

describe('H5 a userId that is not a plain UUID is refused with 404, without the database', () => {
  test.each([
    ['a URN', `urn:uuid:${TEST_USER}`],
    ['an escaped URN', `urn%3Auuid%3A${TEST_USER}`],
    ['braces', `%7B${TEST_USER}%7D`],
    ['no hyphens', TEST_USER.replaceAll('-', '')],
    ['a blank before', `%20${TEST_USER}`],
    ['a line break after', `${TEST_USER}%0A`],
    ['a digit too many', `${TEST_USER}0`],
    ['a digit too few', TEST_USER.slice(1)],
    ['a letter that is no digit', TEST_USER.replace('c', 'g')],
    ['hyphens elsewhere', 'c0daf39b4-df5-4241-9e7d-b1b85f829090'],
    ['a full-width digit', TEST_USER.replace('0', '%EF%BC%90')],
    ['a wildcard', '%25'],
    ['a number', '1'],
    ['a word', 'me'],
    ['another word', 'null'],
    ['something very long', 'a'.repeat(7000)],
    ['SQL', "'%20or%20true--"],
  ])('H5 %s', (_name, id) => expectNotFound(`${USERS}/${id}`));

  test('H5 a UUID is taken in any case, and its escapes are undone', async () => {
    for (const id of [TEST_USER.toUpperCase(), TEST_USER.replace('c', '%63')]) {
      const reply = await get(`${USERS}/${id}`);
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.body)).toMatchObject({ data: { id: TEST_USER } });
    }
  });
});

describe('the form of the target', () => {
  test('H4 an absolute target is one for the same path; whose name it has does not matter', async () => {
    for (const origin of ['http://user-api.example', 'https://other.example:8443', 'HTTP://OTHER.example'])
      expect((await get(`${origin}${USER_PATH}`)).status).toBe(200);
  });

  test.each(['http://other.example', `http://other.example?${USER_PATH}`, `ftp://other.example${USER_PATH}`])(
    'H4 %s names nothing',
    (target) => expectNotFound(target),
  );

  test('H4, D7 the query of an absolute target is looked at as well', async () => {
    const reply = await get(`http://user-api.example${USER_PATH}?include=x`);
    expectRefusal(reply, 422, 'unknown-parameter', { parameter: 'include' });
  });

  test('D8 a target of more than 8 KiB is refused with 414, before anything else is looked at', async () => {
    const calls = service.storeCalls.count;
    for (const target of [`${USER_PATH}?${'x'.repeat(9000)}`, `/${'x'.repeat(9000)}`])
      for (const method of ['GET', 'PATCH', 'DELETE', 'OPTIONS'])
        expectRefusal(await exchangeBytes(service.url, requestHead(method, target)), 414, 'uri-too-long');
    expect(service.storeCalls.count).toBe(calls);
  });

  test('D8 a target of 8 KiB is looked at', async () => {
    const target = `${USER_PATH}?x=`.padEnd(8192, 'x');
    expectRefusal(await get(target), 422, 'unknown-parameter', { parameter: 'x' });
    expectRefusal(await get(`${target}x`), 414, 'uri-too-long');
  });
});
