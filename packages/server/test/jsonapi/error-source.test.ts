import { expectErrorDocument, expectFaults, type ServiceResponse } from '@contract-first/testing';
import fc, { type Arbitrary } from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { EXAMPLE_ATTRIBUTES, PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

/** Sends a body that must be refused, and looks whether it left anything behind. */
function refused(body: unknown, query = ''): Promise<ServiceResponse> {
  const path = `/profiles/${PROFILE_ID}${query}`;
  return expectUnchanged(service, () => service.send({ method: 'PATCH', path, body }));
}

/** Whether a JSON Pointer (RFC 6901 §4) leads to something in the document. */
function leadsSomewhere(document: unknown, pointer: string): boolean {
  let place = document;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return false;
    place = Reflect.get(place, name);
  }
  return true;
}

const name = fc.oneof(
  fc.constantFrom(
    'data',
    'type',
    'id',
    'attributes',
    'place',
    'country',
    'contact',
    'displayName',
    '@x',
    'relationships',
  ),
  fc.constantFrom(
    '',
    '/',
    '~',
    '~1',
    '~0/',
    'a/b',
    'm~n',
    '0',
    '-',
    'toString',
    'constructor',
    ' ',
    '"',
    '\\',
    'é',
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('\0', '\ud800', '\udc00', 'x'), minLength: 1, maxLength: 3 }),
);
const value: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, 0, '', 'Profile', PROFILE_ID, 'x'.repeat(300), '\0', '\udfff'),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;
const attributes = fc.dictionary(name, value, { maxKeys: 5 });
const resource = fc.record({
  type: fc.oneof(fc.constant('Profile'), value),
  id: fc.oneof(fc.constant(PROFILE_ID), value),
  attributes,
});
const anyDocument = fc.oneof(
  fc.record({ data: resource }),
  fc.record({ data: fc.record({ type: fc.constant('Profile'), id: fc.constant(PROFILE_ID), attributes }) }),
  fc.record({ data: value }),
  value,
);

describe('J14 a pointer leads to something that is in the request', () => {
  test('J14 whatever the document is', async () => {
    let pointers = 0;
    await fc.assert(
      fc.asyncProperty(anyDocument, async (document) => {
        const response = await service.send({ method: 'PATCH', body: JSON.stringify(document) });
        if (response.status === 200) return;
        expectErrorDocument(response, response.status === 403 ? 403 : 422);
        for (const { source } of response.body.errors) {
          expect([source?.pointer, leadsSomewhere(document, source?.pointer ?? '')]).toEqual([
            expect.any(String),
            true,
          ]);
          pointers += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(pointers).toBeGreaterThan(100);
  });

  test.each([
    ['a/b', 'a~1b'],
    ['a~b', 'a~0b'],
    ['~1', '~01'],
    ['/', '~1'],
    ['~', '~0'],
    ['~/~', '~0~1~0'],
    ['', ''],
    [' ', ' '],
    ['"\\', '"\\'],
    ['ä😀', 'ä😀'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['0', '0'],
  ])('J14 the member %j is told as %j', async (member, token) => {
    const text = `{"data":{"type":"Profile","id":"${PROFILE_ID}","attributes":{${JSON.stringify(member)}:1}}}`;
    expectFaults(await refused(text), 422, `unknown-member /data/attributes/${token}`);
  });

  test('J14 faults of the JSON text have pointers too', async () => {
    const text = String.raw`{"data":{"type":"Profile","id":"${PROFILE_ID}","a/b":1,"a/b":2,"attributes":{"displayName":"\u0000","place":{"street":"\ud800"}}}}`;
    expectFaults(
      await refused(text),
      422,
      'malformed-document /data/a~1b',
      'invalid-value /data/attributes/displayName',
      'invalid-value /data/attributes/place/street',
    );
  });

  test('J14 a text that is no JSON has nothing to point to', async () => {
    for (const text of ['{"data":', 'data', '{}{}', "{'data':1}", '{"data":1,}', 'NaN', '\ufeff{}']) {
      expectFaults(await refused(text), 422, 'malformed-document -');
    }
  });
});

describe('J15 all faults come together', () => {
  test('J15 of one document', async () => {
    const body = {
      data: {
        type: 'Person',
        id: 'c0daf39b-4df5-4241-9e7d-b1b85f829091',
        attributes: {
          ...EXAMPLE_ATTRIBUTES,
          contact: 'nobody',
          mood: 'Calm',
          displayname: 'Jane',
          place: { country: 'EU', Street: 'x', houseNo: 18 },
          timeZone: 'Mars/Olympus_Mons',
        },
      },
    };
    expectFaults(
      await refused(body),
      422,
      'type-mismatch /data/type',
      'id-mismatch /data/id',
      'invalid-value /data/attributes/contact',
      'invalid-value /data/attributes/mood',
      'unknown-member /data/attributes/displayname',
      'invalid-value /data/attributes/place/country',
      'unknown-member /data/attributes/place/Street',
      'invalid-value /data/attributes/place/houseNo',
      'invalid-value /data/attributes/timeZone',
    );
  });

  test('J15 of query and document', async () => {
    const body = updateDocument({ contact: null, nickname: 'x' });
    const faults = ['invalid-value /data/attributes/contact', 'unknown-member /data/attributes/nickname'];
    expectFaults(
      await refused(body, '?include=friends&fields%5BProfile%5D=email&include=x&%ff=1'),
      422,
      'unknown-parameter include',
      'unknown-parameter fields[Profile]',
      'invalid-parameter %ff',
      ...faults,
    );
  });

  test('J15 of query and a missing or unreadable body', async () => {
    expectFaults(await refused('{', '?sort=id'), 422, 'unknown-parameter sort', 'malformed-document -');
    expectFaults(await refused('', '?sort=id'), 422, 'unknown-parameter sort', 'missing-body -');
  });

  test('J15 of the JSON text and of what it says', async () => {
    const text = String.raw`{"data":{"type":"Profile","type":"Profile","id":"${PROFILE_ID}","attributes":{"displayName":"\u0000","contact":"nobody","nickname":"x"}}}`;
    expectFaults(
      await refused(text, '?page=1'),
      422,
      'unknown-parameter page',
      'malformed-document /data/type',
      'invalid-value /data/attributes/displayName',
      'invalid-value /data/attributes/contact',
      'unknown-member /data/attributes/nickname',
    );
  });

  test('J15 a place that cannot be read is told once', async () => {
    const text = String.raw`{"data":{"type":"Profile","id":"${PROFILE_ID}","attributes":{"contact":"\u0000","mood":1,"mood":"Calm"}}}`;
    expectFaults(
      await refused(text),
      422,
      'invalid-value /data/attributes/contact',
      'malformed-document /data/attributes/mood',
    );
  });

  test('J15 every attribute with a fault is told, whichever they are', async () => {
    const names = Object.keys(EXAMPLE_ATTRIBUTES);
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(names, { minLength: 1 }),
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 3 }),
        async (bad, unknown) => {
          const body = updateDocument({ ...EXAMPLE_ATTRIBUTES, ...Object.fromEntries(bad.map((it) => [it, 5])) });
          const query = unknown.length > 0 ? `?${unknown.map((it) => `${it}=1`).join('&')}` : '';
          const faults = bad.map((it) => `invalid-value /data/attributes/${it}`);
          expectFaults(await refused(body, query), 422, ...faults, ...unknown.map((it) => `unknown-parameter ${it}`));
        },
      ),
    );
  });
});
