import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatUserLine, parseUserLine } from '../../src/commands/user-line.ts';
import { changes } from '../support/user-arbitraries.ts';

const ID = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

const parse = (text: string | Buffer) => parseUserLine(Buffer.from(text));

function line(attributes: unknown, members: object = {}): string {
  return JSON.stringify({ type: 'User', id: ID, attributes, ...members });
}

test('a record that is written and read again is the same', () => {
  fc.assert(
    fc.property(
      changes,
      fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
      (change, createdAt) => {
        const attributes = { email: 'user@example.com', ...change };
        const row = { id: ID, attributes, version: 3, createdAt, updatedAt: createdAt };
        const set = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
        expect(parse(formatUserLine(row))).toEqual({ user: { id: ID, attributes: set, createdAt } });
      },
    ),
  );
});

test('only the e-mail address is required; the time of creation is then that of the import', () => {
  expect(parse(line({ email: 'user@example.com' }))).toEqual({
    user: { id: ID, attributes: { email: 'user@example.com' } },
  });
});

test('ids are kept in lower case', () => {
  expect(parse(line({ email: 'user@example.com' }, { id: ID.toUpperCase() }))).toMatchObject({ user: { id: ID } });
});

test.each([
  ['no e-mail address', line({}), [{ pointer: '/attributes', detail: expect.stringContaining('email') }]],
  ['a wrong value', line({ email: 'nobody' }), [{ pointer: '/attributes/email', detail: expect.any(String) }]],
  [
    'a typo and a wrong value',
    line({ email: 'user@example.com', firstname: 'John', gender: 'Male' }),
    [
      { pointer: '/attributes/firstname', detail: expect.any(String) },
      { pointer: '/attributes/gender', detail: expect.any(String) },
    ],
  ],
  ['an unknown member', line({ email: 'a@b.cd' }, { meta: {} }), [{ pointer: '/meta', detail: expect.any(String) }]],
  ['another type', line({ email: 'a@b.cd' }, { type: 'Car' }), [{ pointer: '/type', detail: expect.any(String) }]],
  ['no uuid', line({ email: 'a@b.cd' }, { id: 'urn:1' }), [{ pointer: '/id', detail: expect.any(String) }]],
  ['no object', '[]', [{ pointer: '', detail: expect.any(String) }]],
  ['no JSON', '{"type":"User"', [{ detail: 'the line is not acceptable JSON: syntax' }]],
])('%s is told with its place', (_, text, faults) => {
  const result = parse(text);
  if (!('faults' in result)) throw new Error('the line was accepted');
  expect(result.faults.toSorted((a, b) => ((a.pointer ?? '') < (b.pointer ?? '') ? -1 : 1))).toEqual(faults);
});

const email = '"email":"user@example.com"';

test.each([
  ['a duplicate member', `{"type":"User","id":"${ID}","attributes":{${email},${email}}}`, 'duplicate-member'],
  ['NUL', `{"type":"User","id":"${ID}","attributes":{${email},"firstName":"\\u0000"}}`, 'invalid-character'],
  [
    'a lone surrogate',
    `{"type":"User","id":"${ID}","attributes":{${email},"firstName":"\\ud800"}}`,
    'invalid-character',
  ],
  ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000), 'too-deep'],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'encoding'],
])('H12 to H16 %s is refused', (_, text, kind) => {
  expect(parse(text)).toMatchObject({ faults: [{ detail: `the line is not acceptable JSON: ${kind}` }] });
});
