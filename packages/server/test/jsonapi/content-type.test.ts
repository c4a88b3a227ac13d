import { JSON_API } from '@contract-first/core';
import { expectFaults, head, rawExchange, type ServiceResponse } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

const change = updateDocument({ displayName: 'Jane' });

/** PATCH with the given Content-Type, or without one. */
function patchAs(contentType: string | undefined, body: unknown = change): Promise<ServiceResponse> {
  return service.send({ method: 'PATCH', headers: { 'content-type': contentType }, body });
}

async function expectAccepted(contentType: string): Promise<void> {
  const displayName = `as ${contentType.length}`;
  const response = await patchAs(contentType, updateDocument({ displayName }));
  expect([response.status, response.body.data?.attributes['displayName']]).toEqual([200, displayName]);
}

function expectUnsupported(response: ServiceResponse): void {
  expectFaults(response, 415, 'unsupported-media-type Content-Type');
  expect(response.headers['accept-patch']).toBe(JSON_API);
}

/** The refusal comes before the handler: neither the record nor the store is touched. */
async function expectRefused(contentType: string | undefined): Promise<void> {
  const calls = service.storeCalls.count;
  expectUnsupported(await expectUnchanged(service, () => patchAs(contentType)));
  expect(service.storeCalls.count).toBe(calls);
}

const token = fc.string({ unit: fc.constantFrom(..."abcXYZ019!#$%&'*+.^_`|~-"), minLength: 1, maxLength: 12 });
const quoted = fc
  .array(fc.oneof(fc.constantFrom('a', 'Z', ' ', '\t', ';', ',', '=', '/', ':', 'é', '\\"', '\\\\'), token))
  .map((parts) => `"${parts.join('')}"`);
const space = fc.constantFrom('', ' ', '\t', '  ');

test('J1 the media type is accepted in any case of its letters', async () => {
  const cases = fc.array(fc.boolean(), { minLength: JSON_API.length, maxLength: JSON_API.length });
  await fc.assert(
    fc.asyncProperty(cases, async (upper) => {
      const letters = [...JSON_API].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter));
      await expectAccepted(letters.join(''));
    }),
  );
});

describe('J2 a parameter other than ext and profile is refused with 415', () => {
  test.each([
    'charset=utf-8',
    'charset="utf-8"',
    'CHARSET=UTF-8',
    'q=1',
    'version=1.1',
    'boundary=x',
    'profile="https://example.com/"; charset=utf-8',
    'charset=utf-8; profile="https://example.com/"',
    'profiles=x',
  ])('J2 %s', async (parameters) => {
    await expectRefused(`${JSON_API}; ${parameters}`);
    await expectRefused(`${JSON_API};${parameters}`);
  });

  test('J2 whatever its name and value are, and whatever stands beside it', async () => {
    const name = token.filter((text) => !['ext', 'profile'].includes(text.toLowerCase()));
    const foreign = fc.tuple(name, fc.oneof(token, quoted)).map((pair) => pair.join('='));
    const profile = token.map((value) => `profile=${value}`);
    const beside = fc.tuple(foreign, fc.array(profile, { maxLength: 2 }), fc.nat(2));
    await fc.assert(
      fc.asyncProperty(beside, space, async ([parameter, profiles, at], blank) => {
        await expectRefused([JSON_API, ...profiles.toSpliced(at, 0, parameter)].join(`${blank};${blank}`));
      }),
    );
  });
});

describe('J3 the parameters of JSON:API', () => {
  test.each([
    'ext="https://jsonapi.org/ext/atomic"',
    'EXT="https://jsonapi.org/ext/atomic"',
    'ext=unknown',
    'ext=""',
    'ext="https://one.example/ https://two.example/"',
    'profile="https://example.com/"; ext="https://jsonapi.org/ext/atomic"',
    'ext="https://jsonapi.org/ext/atomic"; profile="https://example.com/"',
  ])('J3 the unsupported extension in %s is refused with 415', async (parameters) => {
    await expectRefused(`${JSON_API}; ${parameters}`);
  });

  test('J3 every profile is accepted and ignored', async () => {
    const profile = fc.tuple(fc.constantFrom('profile', 'Profile', 'PROFILE'), fc.oneof(token, quoted));
    const profiles = fc.array(
      profile.map((pair) => pair.join('=')),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(profiles, space, async (parameters, blank) => {
        await expectAccepted([JSON_API, ...parameters].join(`${blank};${blank}`));
      }),
    );
  });
});

describe('J4 a body of another type, or of none, never reaches the handler', () => {
  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['JSON', 'application/json'],
    ['JSON with a charset', 'application/json; charset=utf-8'],
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['a multipart form', 'multipart/form-data; boundary=x'],
    ['a merge patch', 'application/merge-patch+json'],
    ['a longer subtype', 'application/vnd.api+jsonx'],
    ['a shorter subtype', 'application/vnd.api'],
    ['the structured suffix alone', 'application/+json'],
    ['another type', 'text/vnd.api+json'],
    ['a range', '*/*'],
    ['a range of subtypes', 'application/*'],
    ['a type without a subtype', 'application'],
    ['a list', `${JSON_API}, ${JSON_API}`],
    ['a list with JSON', `application/json, ${JSON_API}`],
  ])('J4 %s', async (_name, contentType) => {
    await expectRefused(contentType);
  });
});

/** A PATCH with the given header lines besides those that it needs, as bytes. */
async function rawPatch(lines: readonly string[], body: string): Promise<ServiceResponse> {
  const { host, pathname } = new URL(`${service.url}/profiles/${PROFILE_ID}`);
  const start = [`PATCH ${pathname} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${service.token()}`];
  return await rawExchange(service, head(...start, ...lines) + body);
}

const text = JSON.stringify(change);
const length = `Content-Length: ${Buffer.byteLength(text)}`;

test('J1 the media type between optional whitespace is accepted', async () => {
  expect((await rawPatch([`Content-Type:\t ${JSON_API} \t`, length], text)).status).toBe(200);
});

describe('J5 two Content-Type headers are refused with 415', () => {
  test.each([
    ['the same twice', JSON_API, JSON_API],
    ['the right one first', JSON_API, 'application/json'],
    ['the right one last', 'text/plain', JSON_API],
    ['an empty one beside it', JSON_API, ''],
  ])('J5 %s', async (_name, one, other) => {
    const calls = service.storeCalls.count;
    for (const lines of [
      [`Content-Type: ${one}`, `content-type: ${other}`, length],
      [`CONTENT-TYPE: ${one}`, length, `Content-Type: ${other}`],
    ]) {
      expectUnsupported(await expectUnchanged(service, () => rawPatch(lines, text)));
    }
    expect(service.storeCalls.count).toBe(calls);
  });
});

test.each([
  ['; profile'],
  ['; profile='],
  ['; =x'],
  ['; profile =x'],
  ['; profile= x'],
  ['; profile="x'],
  ['; profile=x"'],
  ['; profile=a b'],
  ['; profile=a,b'],
  ['; profile=a/b'],
  ['; profile="a""b"'],
  ['; profile="a\\"'],
  [' profile=x'],
  [', profile=x'],
  ['; pro file=x'],
  [';; profile'],
])('J6 the malformed parameter %j is refused with 415', async (parameter) => {
  await expectRefused(`${JSON_API}${parameter}`);
});

describe('J7 a missing body', () => {
  const missing = 'missing-body -';

  test.each([
    ['no body and no Content-Type', []],
    ['no body', [`Content-Type: ${JSON_API}`]],
    ['an empty body', [`Content-Type: ${JSON_API}`, 'Content-Length: 0']],
    ['an empty body without a Content-Type', ['Content-Length: 0']],
  ])('J7 %s is answered with 422', async (_name, lines) => {
    expectFaults(await expectUnchanged(service, () => rawPatch(lines, '')), 422, missing);
  });

  test('J7 an empty chunked body is answered with 422', async () => {
    const lines = [`Content-Type: ${JSON_API}`, 'Transfer-Encoding: chunked'];
    expectFaults(await expectUnchanged(service, () => rawPatch(lines, '0\r\n\r\n')), 422, missing);
  });

  test('J4, J7 another Content-Type is refused with 415 and Accept-Patch even without a body', async () => {
    expectUnsupported(await expectUnchanged(service, () => rawPatch(['Content-Type: text/plain'], '')));
  });

  test('J7 blanks alone are no document', async () => {
    expectFaults(await expectUnchanged(service, () => patchAs(JSON_API, ' \n')), 422, 'malformed-document -');
  });
});
