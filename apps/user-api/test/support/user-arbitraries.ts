import type { UserUpdateAttributes } from '@user-api/contract';
import fc, { type Arbitrary } from 'fast-check';

/** The attributes of a user that can be set. */
export type AttributeName = Exclude<keyof UserUpdateAttributes, 'createdAt'>;

/** Any code point but NUL and surrogates, often one that tidy software would drop, trim, fold or normalise. */
const codePoint = fc.oneof(
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 1 })
    .map((character) => (character === '\0' ? '\u0001' : character)),
  fc.constantFrom(
    ' ',
    '\t',
    '\n',
    '\ufeff',
    '\u200d',
    'e',
    '\u0301',
    '\u212b',
    '\ufb01',
    'A',
    'ß',
    '"',
    '\\',
    '<',
    '%',
    '😀',
  ),
);

/** Any text that can be stored, of at most so many code points. */
export function text(maxLength: number): Arbitrary<string> {
  return fc.string({ unit: codePoint, maxLength });
}

const characters = (alphabet: string, minLength: number, maxLength: number): Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ATOM = `${LETTERS}${DIGITS}!#$%&'*+/=?^_\`{|}~-`;

const label = characters(LETTERS + DIGITS, 1, 20);
const hostname = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => `[${octets.join('.')}]`);
const dotString = fc.array(characters(ATOM, 1, 15), { minLength: 1, maxLength: 4 }).map((atoms) => atoms.join('.'));
const quotedString = fc
  .array(fc.oneof(characters(`${ATOM} @.,:;<>()[]`, 1, 3), fc.constantFrom('\\"', '\\\\')), { maxLength: 15 })
  .map((parts) => `"${parts.join('')}"`);

/** Mailboxes of RFC 5321 §4.1.2. */
const email = fc.tuple(fc.oneof(dotString, quotedString), fc.oneof(hostname, ipv4)).map((parts) => parts.join('@'));

const separated = characters('-. ()', 0, 3);
const extension = fc.oneof(
  fc.constant(''),
  characters(DIGITS, 1, 7).map((digits) => `;ext=${digits}`),
);

/** `+`, 3 to 15 digits with up to 3 separators each; those over 64 characters lose their separators. */
const phoneNumber = fc
  .tuple(
    fc.array(fc.tuple(separated, fc.constantFrom(...DIGITS)), { minLength: 3, maxLength: 15 }),
    separated,
    extension,
  )
  .map(([digits, end, suffix]) => `+${digits.flat().join('')}${end}${suffix}`)
  .map((number) => (number.length > 64 ? number.replaceAll(/[-. ()]/g, '') : number));

const pictureUrl = fc
  .webUrl({ validSchemes: ['https'], withQueryParameters: true, withFragments: true })
  .filter((url) => url.length <= 2048);

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('2024-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Days, days without their year, and years alone (OpenID Connect Core §5.1). */
const birthDate = fc.oneof(
  day,
  day.map((date) => `0000${date.slice(4)}`).filter((date) => date !== '0000-02-29'),
  day.map((date) => date.slice(0, 4)),
);

const address = fc.record(
  {
    country: fc.constantFrom('DE', 'AT', 'US', 'CL', 'GB', 'ZW', 'AX'),
    locality: text(256),
    street: text(256),
    houseNo: text(32),
    additionalAddressLink: text(256),
    region: text(256),
    postalCode: text(32),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const variant = fc.oneof(characters(LETTERS + DIGITS, 5, 8), characters(DIGITS, 4, 4));
const subtags = fc.tuple(
  characters(LETTERS, 2, 3),
  fc.array(characters(LETTERS, 3, 3), { maxLength: 2 }),
  fc.array(characters(LETTERS, 4, 4), { maxLength: 1 }),
  fc.array(fc.oneof(characters(LETTERS, 2, 2), characters(DIGITS, 3, 3)), { maxLength: 1 }),
  fc.array(variant, { maxLength: 2 }),
  fc
    .array(characters(LETTERS + DIGITS, 1, 8), { maxLength: 1 })
    .map((parts) => (parts.length > 0 ? ['x', ...parts] : [])),
);

/** Language tags of RFC 5646 §2.1, with either separator. */
const locale = fc.tuple(subtags, fc.constantFrom('-', '_')).map(([parts, separator]) => parts.flat().join(separator));

const values = {
  firstName: text(256),
  lastName: text(256),
  email,
  phoneNumber,
  pictureUrl,
  gender: fc.constantFrom('male', 'female', 'other'),
  birthDate,
  address,
  locale,
  zoneInfo: fc.constantFrom(
    'Europe/Berlin',
    'UTC',
    'Europe/Kyiv',
    'Asia/Kolkata',
    'Etc/GMT+12',
    'US/Pacific',
    'EST5EDT',
  ),
} satisfies Record<AttributeName, Arbitrary<unknown>>;

/** Valid values of each writable attribute; all of the grammar, not only what is usual. */
export const attributeValues: Readonly<Record<AttributeName, Arbitrary<unknown>>> = values;

// Object.keys gives exactly the own names of the constant above.
export const attributeNames = Object.keys(values) as readonly AttributeName[];

const nullable = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, name === 'email' ? value : fc.oneof(value, fc.constant(null))]),
);

/** Any valid set of changes: some attributes, with values or cleared. */
export const changes: Arbitrary<Readonly<Record<string, unknown>>> = fc.record(nullable, {
  requiredKeys: [],
  noNullPrototype: true,
});

/** One attribute with a value that it must not have. */
export const invalidAttribute: Arbitrary<readonly [name: AttributeName, value: unknown]> = fc.constantFrom(
  ['firstName', 5],
  ['firstName', 'x'.repeat(257)],
  ['lastName', ['Smith']],
  ['email', null],
  ['email', 'nobody'],
  ['phoneNumber', '0721 555'],
  ['pictureUrl', 'http://example.com/'],
  ['gender', 'Male'],
  ['birthDate', '2023-02-29'],
  ['address', 'Karlsruhe'],
  ['address', { country: 'EU' }],
  ['locale', 'deutsch-'],
  ['zoneInfo', 'europe/berlin'],
);
