import { JSON_API } from '@contract-first/core';
import { expectErrorDocument, expectFaults, head, rawExchange, type ServiceResponse } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { PROFILE_ID, startService } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

async function expectAcceptable(accept: string | undefined): Promise<void> {
  const response = await service.send({ headers: { accept } });
  expect([accept, response.status]).toEqual([accept, 200]);
  expect(response.headers).toMatchObject({ 'content-type': JSON_API, vary: 'Accept' });
}

function expectNotAcceptable(response: ServiceResponse): void {
  expectFaults(response, 406, 'not-acceptable Accept');
  expect(response.headers['vary']).toBe('Accept');
}

/** Reading and changing refuse alike, and before the store is asked. */
async function expectRefused(accept: string): Promise<void> {
  const calls = service.storeCalls.count;
  expectNotAcceptable(await service.send({ headers: { accept } }));
  expectNotAcceptable(
    await expectUnchanged(service, () => service.patch({ displayName: 'Jane' }, { headers: { accept } })),
  );
  expect(service.storeCalls.count).toBe(calls);
}

const token = fc.string({ unit: fc.constantFrom(...'abcXYZ019.+-'), minLength: 1, maxLength: 8 });
const foreignName = token.filter((name) => !['ext', 'profile', 'q'].includes(name.toLowerCase()));
const profile = fc.constantFrom('', ';profile="https://example.com/"', '; profile=x; profile=y');
const weight = fc.constantFrom('', ';q=1', '; q=0.5', ';Q=0.001', ';q=1.000');
const foreign = fc.oneof(
  fc.tuple(foreignName, token).map(([name, value]) => `;${name}=${value}`),
  fc.constantFrom('; ext="https://jsonapi.org/ext/atomic"', ';charset=utf-8', ';ext=x;profile=y'),
);
const foreignEntry = fc.tuple(profile, foreign, weight).map((parts) => JSON_API + parts.join(''));
const otherRange = fc
  .tuple(fc.constantFrom('text/html', 'application/json', 'text/*', '*/*', 'application/*'), weight)
  .map((parts) => parts.join(''));

test.each([
  ['no header', undefined],
  ['everything', '*/*'],
  ['every application type', 'application/*'],
  ['the media type', JSON_API],
  ['the media type in capitals', 'APPLICATION/VND.API+JSON'],
  ['what browsers send', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['the media type among others', `text/html, ${JSON_API}`],
  ['empty list elements', `, ,${JSON_API},`],
])('J8 %s is acceptable', async (_name, accept) => {
  await expectAcceptable(accept);
});

test.each(['application/json', 'text/*', 'text/html, image/webp', 'application/vnd.api', 'application/vnd.api+jsonx'])(
  'J8 %s excludes the media type',
  async (accept) => {
    await expectRefused(accept);
  },
);

test('J8 several Accept headers are one list', async () => {
  const { host, pathname } = new URL(`${service.url}/profiles/${PROFILE_ID}`);
  const start = [`GET ${pathname} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${service.token()}`];
  const ask = async (...lines: readonly string[]): Promise<ServiceResponse> =>
    await rawExchange(service, head(...start, ...lines));
  expect((await ask('Accept: text/html', `Accept: ${JSON_API}`)).status).toBe(200);
  expectNotAcceptable(await ask('Accept: */*', `Accept: ${JSON_API};charset=utf-8`));
  expectNotAcceptable(await ask('Accept: '));
});

describe('J9 entries with a foreign parameter', () => {
  test('J9, J10 are refused if all JSON:API entries have one, whatever stands beside them', async () => {
    const entries = fc.tuple(
      fc.array(foreignEntry, { minLength: 1, maxLength: 3 }),
      fc.array(otherRange, { maxLength: 3 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(entries, async ([jsonApi, others, first]) => {
        await expectRefused((first ? [...jsonApi, ...others] : [...others, ...jsonApi]).join(', '));
      }),
    );
  });

  test('J9, J10 do no harm beside one entry without', async () => {
    const clean = fc.tuple(profile, weight).map((parts) => JSON_API + parts.join(''));
    const entries = fc.tuple(clean, fc.array(fc.oneof(foreignEntry, otherRange), { maxLength: 4 }), fc.nat(4));
    await fc.assert(
      fc.asyncProperty(entries, async ([entry, others, at]) => {
        await expectAcceptable(others.toSpliced(at, 0, entry).join(', '));
      }),
    );
  });

  test.each([
    `${JSON_API};charset=utf-8`,
    `${JSON_API};charset=utf-8, */*`,
    `*/*, ${JSON_API};charset=utf-8`,
    `${JSON_API};q=0.5;level=1`,
    `${JSON_API};q=0;charset=utf-8, */*`,
  ])('J9 %s', async (accept) => {
    await expectRefused(accept);
  });

  test('J9 a foreign parameter of another type does not matter', async () => {
    await expectAcceptable('text/html;level=1, */*');
    await expectAcceptable(`application/json;charset=utf-8, ${JSON_API}`);
  });
});

describe('J10 the parameters of JSON:API', () => {
  test.each([
    'profile="https://example.com/"',
    'profile="https://one.example/ https://two.example/"',
    'PROFILE=x',
    'profile="a;b,c=\\"d\\""',
  ])('J10 %s is acceptable', async (parameter) => {
    await expectAcceptable(`${JSON_API};${parameter}`);
    await expectAcceptable(`${JSON_API}; ${parameter}; q=0.5`);
  });

  test.each(['ext="https://jsonapi.org/ext/atomic"', 'ext=x', 'EXT=x', 'ext=""', 'ext=x;profile=y', 'profile=y;ext=x'])(
    'J10 %s alone is refused',
    async (parameters) => {
      await expectRefused(`${JSON_API};${parameters}`);
      await expectAcceptable(`${JSON_API};${parameters}, ${JSON_API}`);
    },
  );
});

describe('J11 q is a weight', () => {
  test.each([
    `${JSON_API};q=0.5`,
    `${JSON_API};q=0.001`,
    `${JSON_API};q=1.000`,
    `${JSON_API};Q=1`,
    `${JSON_API} ; q=0.5`,
    `${JSON_API}, */*;q=0`,
    `${JSON_API};q=0.1, application/*;q=0, */*;q=0`,
    'application/*, */*;q=0',
    'application/*;q=0.1, text/html',
  ])('J11 %s is acceptable', async (accept) => {
    await expectAcceptable(accept);
  });

  test.each([
    `${JSON_API};q=0`,
    `${JSON_API};q=0.000`,
    `${JSON_API};q=0, */*`,
    `*/*, application/*, ${JSON_API};q=0.0`,
    `${JSON_API};profile=x;q=0, */*`,
    'application/*;q=0, */*',
    '*/*;q=0',
    '*/*;q=0, text/html',
  ])('J11 %s is refused', async (accept) => {
    await expectRefused(accept);
  });
});

describe('J12 an Accept that says nothing', () => {
  test.each([
    '',
    ' ',
    ',',
    ', ,',
    'application',
    'application/',
    '/json',
    '*',
    '*/vnd.api+json',
    ';q=1',
    '"*/*"',
    '*/* q=1',
    'text/html;level',
    'text/html;=1',
    `${JSON_API};q=2`,
    `${JSON_API};q=-1`,
    `${JSON_API};q=0.1234`,
    `${JSON_API};q=1.5`,
    `${JSON_API};q=`,
    `${JSON_API};q`,
    `${JSON_API};q=.5`,
    `${JSON_API};q=1e0`,
    `${JSON_API};q=1;q=1`,
    `${JSON_API};profile="x`,
    `${JSON_API}, @`,
    `@, ${JSON_API}`,
  ])('J12 %j is refused', async (accept) => {
    await expectRefused(accept);
  });

  test('J12, J13 no header makes anything but 200 or a complete 406', async () => {
    const hostile = fc.string({
      unit: fc.constantFrom(...'*/,;="\\ \tqaé0.', JSON_API, '*/*', ';q=', 'ext'),
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(hostile, async (accept) => {
        const response = await service.send({ headers: { accept } });
        if (response.status !== 200) expectErrorDocument(response, 406);
        expect(response.headers).toMatchObject({ 'content-type': JSON_API, vary: 'Accept' });
      }),
      { numRuns: 150 },
    );
  });
});
