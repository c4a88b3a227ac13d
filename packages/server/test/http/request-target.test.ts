import { exchangeBytes, expectRefusal, requestHead, type WireResponse } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { BASE_PATH, PROFILE_PATH } from '../support/requests.ts';
import { PROFILE_ID, startService } from '../support/service.ts';

const service = await startService();
afterAll(() => service.close());

const PROFILES = `${BASE_PATH}/profiles`;

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
    ['an undecodable escape', `${PROFILES}/%zz`],
    ['an escape that ends early', `${PROFILES}/${PROFILE_ID}%`],
    ['an escape that is not UTF-8', `${PROFILES}/%ff`],
    ['an overlong escape', `${PROFILES}/%c0%af`],
    ['an escaped NUL', `${PROFILES}/${PROFILE_ID}%00`],
    ['an escaped slash', `${BASE_PATH}%2Fprofiles%2F${PROFILE_ID}`],
    ['an escaped slash in the id', `${PROFILES}/x%2F${PROFILE_ID}`],
    ['a trailing slash', `${PROFILE_PATH}/`],
    ['an escaped trailing slash', `${PROFILE_PATH}%2F`],
    ['a doubled slash', `${BASE_PATH}//profiles/${PROFILE_ID}`],
    ['a leading doubled slash', `/${PROFILE_PATH}`],
    ['a dot segment', `${PROFILES}/./${PROFILE_ID}`],
    ['a double-dot segment', `${PROFILES}/x/../${PROFILE_ID}`],
    ['an escaped double-dot segment', `${PROFILES}/x/%2e%2e/${PROFILE_ID}`],
    ['a double-dot id', `${PROFILES}/..`],
    ['an escaped letter of the path', `${BASE_PATH}/prof%69les/${PROFILE_ID}`],
    ['another case of the path', `${BASE_PATH}/Profiles/${PROFILE_ID}`],
    ['a matrix parameter', `${PROFILE_PATH};v=1`],
    ['a backslash', `${BASE_PATH}\\profiles\\${PROFILE_ID}`],
    ['more segments', `${PROFILE_PATH}/place`],
    ['fewer segments', PROFILES],
    ['no base path', `/profiles/${PROFILE_ID}`],
    ['another version', `/people/v2/profiles/${PROFILE_ID}`],
    ['the root', '/'],
    ['an asterisk', '*'],
    ['a name of every object', `${BASE_PATH}/__proto__/${PROFILE_ID}`],
  ])('H4 %s', (_name, target) => expectNotFound(target));

  test.each(['GET', 'PATCH', 'BREW', 'DELETE', 'OPTIONS'])(
    'H4 %s takes one spelling of a path: an escaped letter names nothing',
    async (method) => {
      const target = `${BASE_PATH}/prof%69les/${PROFILE_ID}`;
      expectRefusal(await exchangeBytes(service.url, requestHead(method, target)), 404, 'not-found');
    },
  );

  test('H4 whatever stands in the path, only the id of the profile is found', async () => {
    const unit = fc.constantFrom(...'/.%;:@!~0aZ2fF-_', '%2F', '%00', '..', '//');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, minLength: 1, maxLength: 30 }), fc.boolean(), (junk, isBefore) =>
        expectNotFound(isBefore ? `${PROFILES}/${junk}/${PROFILE_ID}` : `${PROFILE_PATH}${junk}`),
      ),
      { numRuns: 100 },
    );
  });
});

describe('H5 a profileId that is not a plain UUID is refused with 404, without the database', () => {
  test.each([
    ['a URN', `urn:uuid:${PROFILE_ID}`],
    ['an escaped URN', `urn%3Auuid%3A${PROFILE_ID}`],
    ['braces', `%7B${PROFILE_ID}%7D`],
    ['no hyphens', PROFILE_ID.replaceAll('-', '')],
    ['a blank before', `%20${PROFILE_ID}`],
    ['a line break after', `${PROFILE_ID}%0A`],
    ['a digit too many', `${PROFILE_ID}0`],
    ['a digit too few', PROFILE_ID.slice(1)],
    ['a letter that is no digit', PROFILE_ID.replace('c', 'g')],
    ['hyphens elsewhere', 'c0daf39b4-df5-4241-9e7d-b1b85f829090'],
    ['a full-width digit', PROFILE_ID.replace('0', '%EF%BC%90')],
    ['a wildcard', '%25'],
    ['a number', '1'],
    ['a word', 'me'],
    ['another word', 'null'],
    ['something very long', 'a'.repeat(7000)],
    ['SQL', "'%20or%20true--"],
  ])('H5 %s', (_name, id) => expectNotFound(`${PROFILES}/${id}`));

  test('H5 a UUID is taken in any case, and its escapes are undone', async () => {
    for (const id of [PROFILE_ID.toUpperCase(), PROFILE_ID.replace('c', '%63')]) {
      const reply = await get(`${PROFILES}/${id}`);
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.body)).toMatchObject({ data: { id: PROFILE_ID } });
    }
  });
});

describe('the form of the target', () => {
  test('H4 an absolute target is one for the same path; whose name it has does not matter', async () => {
    for (const origin of ['http://api.example', 'https://other.example:8443', 'HTTP://OTHER.example'])
      expect((await get(`${origin}${PROFILE_PATH}`)).status).toBe(200);
  });

  test.each(['http://other.example', `http://other.example?${PROFILE_PATH}`, `ftp://other.example${PROFILE_PATH}`])(
    'H4 %s names nothing',
    (target) => expectNotFound(target),
  );

  test('H4, D7 the query of an absolute target is looked at as well', async () => {
    const reply = await get(`http://api.example${PROFILE_PATH}?include=x`);
    expectRefusal(reply, 422, 'unknown-parameter', { parameter: 'include' });
  });

  test('D8 a target of more than 8 KiB is refused with 414, before anything else is looked at', async () => {
    const calls = service.storeCalls.count;
    for (const target of [`${PROFILE_PATH}?${'x'.repeat(9000)}`, `/${'x'.repeat(9000)}`])
      for (const method of ['GET', 'PATCH', 'DELETE', 'OPTIONS'])
        expectRefusal(await exchangeBytes(service.url, requestHead(method, target)), 414, 'uri-too-long');
    expect(service.storeCalls.count).toBe(calls);
  });

  test('D8 a target of 8 KiB is looked at', async () => {
    const target = `${PROFILE_PATH}?x=`.padEnd(8192, 'x');
    expectRefusal(await get(target), 422, 'unknown-parameter', { parameter: 'x' });
    expectRefusal(await get(`${target}x`), 414, 'uri-too-long');
  });
});
