import { document } from '@user-api/contract/document';
import { afterAll, describe, expect, test } from 'vitest';
import { startService } from '../support/service.ts';
import { attributeNames } from '../support/user-arbitraries.ts';
import { expectKept, expectRefused } from './field-rules.ts';

const service = await startService();
afterAll(() => service.close());

const { schemas } = document.components;

/** A value of so many code points that is valid but for its length. */
type OfLength = (codePoints: number) => string;

const face: OfLength = (codePoints) => '😀'.repeat(codePoints);
const domain = ['a', 'b', 'c'].map((letter) => letter.repeat(60)).join('.');

const email: OfLength = (codePoints) => `${'x'.repeat(codePoints - domain.length - 1)}@${domain}`;
const longEmail: OfLength = (codePoints) =>
  `${'x'.repeat(64)}@${domain}.${'d'.repeat(codePoints - 66 - domain.length)}`;
const phone: OfLength = (codePoints) => `+1${'-'.repeat(codePoints - 4)}23`;
const url: OfLength = (codePoints) => `https://example.com/${'p'.repeat(codePoints - 20)}`;
const tag: OfLength = (codePoints) =>
  `x${'-aaaa'.repeat(Math.floor((codePoints - 1) / 5) - 1)}-${'b'.repeat(4 + ((codePoints - 1) % 5))}`;

const attributes: readonly (readonly [name: string, maxLength: number, value: OfLength])[] = [
  ['firstName', schemas.FirstName.maxLength, face],
  ['lastName', schemas.LastName.maxLength, face],
  ['email', schemas.Email.maxLength, longEmail],
  ['phoneNumber', schemas.PhoneNumber.maxLength, phone],
  ['pictureUrl', schemas.PictureUrl.maxLength, url],
  ['locale', schemas.Locale.maxLength, tag],
];

describe.each(attributes)('%s has at most %i code points', (name, maxLength, ofLength) => {
  test('as many are kept', async () => {
    expect([...ofLength(maxLength)]).toHaveLength(maxLength);
    await expectKept(service, name, ofLength(maxLength));
  });

  test('one more is refused', async () => {
    const value = ofLength(maxLength + 1);
    expect([...value]).toHaveLength(maxLength + 1);
    await expectRefused(service, name, value);
    const { errors } = (await service.patch({ [name]: value })).body;
    expect(errors.map(({ detail }) => detail)).toEqual([`must NOT have more than ${maxLength} characters`]);
  });
});

const { country: _country, ...parts } = schemas.Address.properties;

describe.each(Object.entries(parts).map(([part, { maxLength }]) => [part, maxLength] as const))(
  'address/%s has at most %i code points',
  (part, maxLength) => {
    test('as many are kept', async () => expectKept(service, 'address', { [part]: face(maxLength) }));

    test('one more is refused', async () =>
      expectRefused(service, 'address', { [part]: face(maxLength + 1) }, `/${part}`));
  },
);

test('a local part of 64 characters is kept, one of 65 refused', async () => {
  await expectKept(service, 'email', email(64 + 1 + domain.length));
  await expectRefused(service, 'email', email(65 + 1 + domain.length));
});

test('every text that a user can set has a maxLength', () => {
  const { createdAt: _createdAt, address: _address, gender: _gender, ...texts } = schemas.UserAttributes.properties;
  const own: Readonly<Record<string, object>> = texts;
  const named: Readonly<Record<string, object>> = schemas;
  const unbounded = Object.entries(own).filter(([, schema]) => {
    const name = '$ref' in schema ? String(schema.$ref).replace('#/components/schemas/', '') : '';
    return !('maxLength' in (named[name] ?? schema));
  });
  const others = ['address', 'gender'];
  expect(Object.keys(own).sort()).toEqual(attributeNames.filter((name) => !others.includes(name)).sort());
  expect(unbounded.map(([name]) => name)).toEqual([]);
});
