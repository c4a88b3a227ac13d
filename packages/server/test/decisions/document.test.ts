import { expectFaults } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { EXAMPLE_ATTRIBUTES, PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const OTHER = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';
const send = (body: unknown) => service.send({ method: 'PATCH', body });
const refused = (body: unknown) => expectUnchanged(service, () => send(body));

describe('D1 type and id have to be those of the endpoint', () => {
  const attributes = { displayName: 'Nobody' };

  test.each(['profile', 'PROFILE', 'Profiles', 'Group', '', ' Profile'])(
    'D1 the type %j is answered with 422',
    async (type) => {
      expectFaults(await refused(updateDocument(attributes, { type })), 422, 'type-mismatch /data/type');
    },
  );

  test('D1 the id of somebody else is answered with 422', async () => {
    expectFaults(await refused(updateDocument(attributes, { id: OTHER })), 422, 'id-mismatch /data/id');
  });

  test('D1 for an administrator the id of the path counts, not that of the token', async () => {
    const token = service.token({ sub: OTHER, scope: 'profiles:write profiles:admin' });
    const body = updateDocument(attributes, { id: OTHER });
    const response = await expectUnchanged(service, () => service.send({ method: 'PATCH', body, token }));
    expectFaults(response, 422, 'id-mismatch /data/id');
  });

  test('D1, J15 both are told at once', async () => {
    const body = updateDocument(attributes, { id: OTHER, type: 'Group' });
    expectFaults(await refused(body), 422, 'id-mismatch /data/id', 'type-mismatch /data/type');
  });

  test('D1, J16 an id in upper case is the same id', async () => {
    expect((await send(updateDocument({}, { id: PROFILE_ID.toUpperCase() }))).status).toBe(200);
  });
});

describe('D2 a malformed document is answered with 422', () => {
  const valid = JSON.stringify(updateDocument({ displayName: 'Nobody', place: { country: 'DE' } }));

  test.each([
    ['a word', 'hello'],
    ['blanks', ' \r\n\t '],
    ['single quotes', valid.replaceAll('"', "'")],
    ['a comma at the end', valid.replace('}}}}', '}}},}')],
    ['a comment', `${valid}// end`],
    ['two documents', `${valid}${valid}`],
    ['a byte order mark', `\ufeff${valid}`],
    ['NaN', valid.replace('"DE"', 'NaN')],
    ['an unescaped line break in a string', valid.replace('DE', 'D\nE')],
    ['a form', 'data[type]=Profile'],
  ])('D2 %s', async (_name, body) => {
    expectFaults(await refused(body), 422, 'malformed-document -');
  });

  test('D2 every beginning of a valid document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: valid.length - 1 }), async (length) => {
        expectFaults(await refused(valid.slice(0, length)), 422, 'malformed-document -');
      }),
      { numRuns: 60 },
    );
  });
});

describe('D5 an unknown attribute is answered with 422 and a pointer to it', () => {
  const known = new Set([...Object.keys(EXAMPLE_ATTRIBUTES), 'createdAt']);
  const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
  const names = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 0, maxLength: 12 }),
    fc.constantFrom(
      'displayname',
      'DisplayName',
      'display_name',
      'display-name',
      'e-mail',
      '__proto__',
      'constructor',
      'a/b~c',
    ),
    fc.constantFrom('toString', 'hasOwnProperty', 'links', 'meta', 'included', 'relationships', 'id', 'type'),
  );
  const unknownNames = names.filter(
    (name) => !known.has(name) && !name.startsWith('@') && !name.includes('\0') && name.isWellFormed(),
  );

  test('D5 whatever its name is, beside a valid one', async () => {
    await fc.assert(
      fc.asyncProperty(unknownNames, fc.jsonValue({ maxDepth: 2 }), async (name, value) => {
        fc.pre(!/\\u0000|\\ud[89a-f]|"__proto__":/i.test(JSON.stringify(value)));
        const attributes = Object.fromEntries([
          ['displayName', 'Nobody'],
          [name, value],
        ]);
        const response = await refused(updateDocument(attributes));
        // A member with an @ below an unknown one is no fault of its own.
        expectFaults(response, 422, `unknown-member /data/attributes/${escaped(name)}`);
      }),
      { numRuns: 100 },
    );
  });

  test('D5 in an object within them too', async () => {
    const response = await refused(updateDocument({ place: { country: 'DE', zip: '76131', postal_code: '1' } }));
    const pointer = '/data/attributes/place';
    expectFaults(response, 422, `unknown-member ${pointer}/zip`, `unknown-member ${pointer}/postal_code`);
  });

  test('D5, J15 each of them is told, up to a thousand', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`a${at}`, 0]));
    const response = await refused(updateDocument(attributes));
    expect(response.status).toBe(422);
    expect(response.body.errors).toHaveLength(1000);
    expect(new Set(response.body.errors.map(({ source }) => source?.pointer)).size).toBe(1000);
  });

  test('D5, J15 the answer stays in proportion to the document', async () => {
    const name = 'n'.repeat(30_000);
    const members = Array.from({ length: 6000 }, () => '"":0').join(',');
    const response = await refused(`{"${name}":{${members}}}`);
    expect(response.status).toBe(422);
    expect(response.body.errors.length).toBeGreaterThan(1);
    expect(response.text.length).toBeLessThan(500_000);
  });

  test('D5, J14 a pointer that becomes too long for an error document is left out', async () => {
    const response = await refused(updateDocument({ ['~'.repeat(60_000)]: 0 }));
    expectFaults(response, 422, 'unknown-member -');
  });
});

describe('D5 what a server has to ignore is ignored', () => {
  const ignored = fc
    .jsonValue({ maxDepth: 2 })
    .filter((value) => !/\\u0000|\\ud[89a-f]|"__proto__":/i.test(JSON.stringify(value)));
  const memberNames = fc.constantFrom('links', 'meta', 'jsonapi', 'included', 'foo', '@context', 'Data', 'toString');
  const resourceNames = fc.constantFrom('links', 'meta', 'lid', 'foo', '@id', 'Attributes', 'createdAt', 'version');

  test('D5 members outside of attributes, whatever their value', async () => {
    const members = (names: fc.Arbitrary<string>) => fc.dictionary(names, ignored, { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(members(memberNames), members(resourceNames), async (top, resource) => {
        const { data } = { ...top, data: { ...resource, type: 'Profile', id: PROFILE_ID, attributes: {} } };
        const response = await refused({ ...top, data });
        expect(response.status).toBe(200);
        expect(response.body.data.attributes).toMatchObject(EXAMPLE_ATTRIBUTES);
      }),
      { numRuns: 60 },
    );
  });

  test('D5 members that begin with @, anywhere, however they look inside', async () => {
    const annotation = { '@type': 'x', '@': null, '@x': { displayName: 5, '@y': [{}] } };
    const place = { country: 'DE', ...annotation };
    const response = await send({
      ...annotation,
      data: { ...annotation, type: 'Profile', id: PROFILE_ID, attributes: { ...annotation, place } },
    });
    expect(response.status).toBe(200);
    expect(response.body.data.attributes).toMatchObject({ displayName: 'John', place: { country: 'DE' } });
    const row = await service.profiles.get(PROFILE_ID);
    expect(row?.attributes).toEqual({ ...EXAMPLE_ATTRIBUTES, place: { country: 'DE' } });
  });
});
