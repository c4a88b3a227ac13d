import { expectFaults, TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EXAMPLE_ATTRIBUTES, EXAMPLE_CREATED_AT, startService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { attributeNames } from '../support/user-arbitraries.ts';
import { expectKept, expectRefused } from './field-rules.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

/** One test for each value, so that a failure names it. */
function rules(name: string, accepted: readonly unknown[], refused: readonly unknown[]): void {
  // Whatever is accepted has to replace another value.
  beforeEach(async () => {
    await service.patch({ ...EXAMPLE_ATTRIBUTES, [name]: name === 'email' ? 'other@example.com' : null });
  });
  test.each(accepted.map((value) => [value]))(`${name} %j is kept`, async (value) => expectKept(service, name, value));
  test.each(refused.map((value) => [value]))(`${name} %j is refused`, async (value) =>
    expectRefused(service, name, value),
  );
}

const day = 86_400_000;
const today = new Date().toISOString().slice(0, 10);
const inTwoDays = new Date(Date.now() + 2 * day).toISOString().slice(0, 10);

describe('the published examples', () => {
  test('are kept, all of them together', async () => {
    const response = await service.patch(EXAMPLE_ATTRIBUTES);
    expect(response.body.data.attributes).toEqual({ ...EXAMPLE_ATTRIBUTES, createdAt: EXAMPLE_CREATED_AT });
    expect((await service.users.get(TEST_USER))?.attributes).toEqual(EXAMPLE_ATTRIBUTES);
  });

  test.each([
    ...Object.entries(EXAMPLE_ATTRIBUTES),
    ['phoneNumber', '+56 (2) 687 2400'],
    ['birthDate', '0000-07-21'],
    ['birthDate', '1997'],
    ['locale', 'en_US'],
  ] as const)('%s %j is kept', async (name, value) => expectKept(service, name, value));

  test('houseNo and postalCode are text, numbers are refused', async () => {
    await expectRefused(service, 'address', { houseNo: 18 }, '/houseNo');
    await expectRefused(service, 'address', { postalCode: 76131 }, '/postalCode');
  });
});

describe('J21 null', () => {
  test('J21 clears every writable attribute but email, which stays', async () => {
    await service.patch(EXAMPLE_ATTRIBUTES);
    const cleared = attributeNames.filter((name) => name !== 'email').map((name) => [name, null] as const);
    const response = await service.patch(Object.fromEntries(cleared));
    const expected = { ...Object.fromEntries(cleared), email: EXAMPLE_ATTRIBUTES.email, createdAt: EXAMPLE_CREATED_AT };
    expect([response.status, response.body.data.attributes]).toEqual([200, expected]);
  });

  test('J21 is no e-mail address', async () => expectRefused(service, 'email', null));
});

describe.each(['firstName', 'lastName'])('%s', (name) => {
  rules(
    name,
    [
      '',
      ' ',
      '  John  ',
      'Séverine',
      'Se\u0301verine',
      '李小龍',
      'محمد',
      '👩‍👩‍👧‍👦',
      "O'Neil; drop table users",
      '<b>',
      '\\u0041',
      '\u0001\u007f\u2028\ufeff\uffff',
      'null',
      '%s %00 $HOME',
    ],
    [5, true, [], {}, ['John'], '\0', 'a\0b', '\ud83d', '\ude00\ud83d'],
  );
});

describe('F5 email', () => {
  rules(
    'email',
    [
      'user@example.com',
      'USER@Example.COM',
      'first.last+tag@mail.example.com',
      "o'brien!#$%&*+/=?^_`{|}~-@example.com",
      '"John Smith"@example.com',
      '"a\\"b\\\\c"@example.com',
      '"@"@example.com',
      '""@example.com',
      '".."@example.com',
      'user@[192.0.2.1]',
      'user@[IPv6:2001:db8::1]',
      'user@xn--bcher-kva.example',
      'user@1and1.example',
      `${'x'.repeat(64)}@example.com`,
    ],
    [
      '',
      'user',
      '@example.com',
      'user@',
      'a@b@example.com',
      '.a@example.com',
      'a.@example.com',
      'a..b@example.com',
      'a b@example.com',
      'a,b@example.com',
      '"unclosed@example.com',
      '"a"b@example.com',
      '"a"b"@example.com',
      'user@-example.com',
      'user@example-.com',
      'user@example..com',
      'user@example.com.',
      'user@exa_mple.com',
      'user@[256.0.0.1]',
      'user@[2001:db8::1]',
      'user@[IPv6:2001:db8::1::2]',
      'John <user@example.com>',
      'mailto:user@example.com',
      ' user@example.com',
      'user@example.com\n',
      'üser@example.com',
      'user@bücher.example',
      `${'x'.repeat(65)}@example.com`,
      'a\0@example.com',
      5,
      {},
    ],
  );
});

describe('phoneNumber', () => {
  rules(
    'phoneNumber',
    [
      '+123',
      '+123456789012345',
      '+49-721-555.00',
      '+ 4 9 1',
      '+(49)721',
      '+1 (425) 555-1212;ext=1',
      '+1 (425) 555-1212;ext=1234567',
      '+999 123 456',
    ],
    [
      '',
      '+',
      '+12',
      '+1234567890123456',
      '123456',
      '0049721555',
      '00 49 721 555',
      '++49721555',
      '+49721555+',
      '+49/721/555',
      '+49721x555',
      '+4972\t1555',
      ' +49721555',
      '+49721555\n',
      'tel:+49721555',
      '+49721555;ext=',
      '+49721555;ext=12345678',
      '+49721555;ext=1a',
      '+49721555;ext=1;ext=2',
      '+49721555;phone-context=x',
      '+٤٩٧٢١',
      '＋49721555',
      49721555,
    ],
  );
});

describe('F4 pictureUrl', () => {
  rules(
    'pictureUrl',
    [
      'https://example.com',
      'HTTPS://EXAMPLE.COM/',
      'https://example.com:443/',
      'https://example.com:8443/a;b=c/d?e=f&g#h',
      'https://[2001:db8::1]/x.png',
      'https://192.0.2.1/x.png',
      'https://xn--bcher-kva.example/',
      'https://example.com/a/../b/./c//d',
      'https://example.com/%7Ea%2f',
      'https://example.com/@user',
      'https://example.com/?next=//user:password@evil.example',
    ],
    [
      '',
      'https:',
      'https://',
      'https:///',
      'https:evil.example',
      'https:/evil.example',
      'https:///evil.example',
      'https:\\\\evil.example',
      'https://evil.example\\x',
      'https://?x',
      'https://#x',
      'https://:443/',
      'https://user@example.com/',
      'https://user:password@example.com/',
      'https://@example.com/',
      'https://:@example.com/',
      'https://ex\tample.com/',
      'https://example.com/\n',
      'ht\ntps://example.com/',
      ' https://example.com/',
      'https://example.com/ ',
      'https://exa mple.com/',
      'https://example.com/a b',
      'https://example.com/ä',
      'https://bücher.example/',
      'https://example.com/%zz',
      'https://example.com/<b>',
      'https://example.com/"',
      'https://example.com:99999/',
      'https://example.com:port/',
      'https://[::1/',
      'https://[nonsense]/',
      'http://example.com/',
      'httpss://example.com/',
      'ftp://example.com/',
      'javascript:alert(1)',
      'data:image/png;base64,AA==',
      'file:///etc/passwd',
      'blob:https://example.com/1',
      '//example.com/x',
      '/x',
      'example.com',
      5,
    ],
  );
});

describe('gender', () => {
  rules(
    'gender',
    ['male', 'female', 'other'],
    ['', 'Male', 'FEMALE', 'm', 'divers', 'other ', 'null', 0, false, ['male']],
  );
});

describe('birthDate', () => {
  rules(
    'birthDate',
    [
      '1997-07-21',
      '2000-02-29',
      '0000-07-21',
      '0000-02-29',
      '0000-12-31',
      '1990',
      '0001',
      '0001-01-01',
      '1582-10-10',
      today,
      today.slice(0, 4),
    ],
    [
      '',
      '2023-02-29',
      '1900-02-29',
      '0000-02-30',
      '0000-00-00',
      '2000-13-01',
      '2000-00-10',
      '2000-01-00',
      '2000-01-32',
      '2000-04-31',
      '0000',
      '97',
      '97-07-21',
      '1997-7-21',
      '1997-07',
      '1997-07-',
      '19970721',
      '1997/07/21',
      '21.07.1997',
      '1997-W30-1',
      '1997-202',
      '-1997',
      '+1997',
      '+1997-07-21',
      '1997-07-21Z',
      ' 1997',
      '1997 ',
      '1997\n',
      '１９９７',
      '9999-12-31',
      '9999',
      String(Number(inTwoDays.slice(0, 4)) + 1),
      inTwoDays,
      1997,
    ],
  );
});

describe('F3 address', () => {
  rules(
    'address',
    [
      {},
      { country: 'GB' },
      { locality: '', street: '', houseNo: '', additionalAddressLink: '', region: '', postalCode: '' },
      { houseNo: '18 b–d', postalCode: '0100' },
      { street: "Rue de l'Hôpital 1/2", region: 'Île-de-France' },
    ],
    ['', 'Karlsruhe', 5, true, [], [{ country: 'DE' }]],
  );

  test.each([
    'EU',
    'UK',
    'XA',
    'XK',
    'AN',
    'SU',
    'ZZ',
    'QO',
    'de',
    'De',
    'DEU',
    'D',
    '',
    '276',
    ' DE',
    'DE\n',
    'ＤＥ',
    49,
    null,
  ])('F3 country %j is refused', async (country) =>
    expectRefused(service, 'address', { ...EXAMPLE_ATTRIBUTES.address, country }, '/country'),
  );

  test.each(['locality', 'street', 'houseNo', 'additionalAddressLink', 'region', 'postalCode'])(
    '%s is text',
    async (part) => {
      for (const value of [5, true, null, [], {}, '\0', '\ud800']) {
        await expectRefused(service, 'address', { [part]: value }, `/${part}`);
      }
      await expectKept(service, 'address', { [part]: ' 18 ' });
    },
  );

  test.each(['Country', 'city', 'zip', 'id', 'createdAt', 'constructor', 'a/b'])(
    '%s is no part of an address',
    async (part) => {
      const response = await expectUntouched(service, TEST_USER, () => service.patch({ address: { [part]: 'DE' } }));
      expectFaults(response, 422, `unknown-member /data/attributes/address/${part.replace('/', '~1')}`);
    },
  );
});

describe('F1 locale', () => {
  rules(
    'locale',
    [
      'de',
      'de-DE',
      'en_US',
      'DE_de',
      'zh-cmn-Hans-CN',
      'zh-Hant-TW',
      'zh_Hant_TW',
      'x-private',
      'X-Whatever',
      'i-klingon',
      'art-lojban',
      'en-GB-oed',
      'iw',
      'sh',
      'es-419',
      'sl-rozaj-biske-1994',
      'de-CH-1901',
      'hy-Latn-IT-arevela',
      'de-DE-u-co-phonebk',
      'en-a-myext-b-another',
      'de-Qaaa-x-southern',
      'az-Arab-x-AZE-derbend',
    ],
    [
      '',
      'd',
      'x',
      'i',
      'de-',
      '-de',
      '_',
      'de__DE',
      'de--DE',
      'de DE',
      'de-DE ',
      'de-DE\n',
      'de.DE',
      'de_DE.UTF-8',
      'de-DE-DE',
      'de-a',
      'de-u',
      'x-',
      'x-abcdefghi',
      'abcdefghi',
      'de-abcdefghi',
      '123',
      'C',
      'dé',
      '日本',
      '*',
      5,
    ],
  );
});

describe('F2 zoneInfo', () => {
  rules(
    'zoneInfo',
    [
      'Europe/Berlin',
      'UTC',
      'GMT',
      'EST',
      'EST5EDT',
      'Zulu',
      'Etc/UTC',
      'Etc/GMT+12',
      'Etc/GMT-14',
      'Europe/Kyiv',
      'Europe/Kiev',
      'Asia/Kolkata',
      'Asia/Calcutta',
      'US/Pacific',
      'America/Argentina/ComodRivadavia',
      'America/Port-au-Prince',
      'Antarctica/Troll',
    ],
    [
      '',
      'europe/berlin',
      'EUROPE/BERLIN',
      'Europe/berlin',
      'utc',
      'Utc',
      'Mars/Olympus_Mons',
      'Europe',
      'Berlin',
      'Europe/',
      '/Europe/Berlin',
      'Europe/Berlin ',
      'Europe/Berlin\n',
      'Europe/../UTC',
      'posix/Europe/Berlin',
      'CEST',
      '+02:00',
      'UTC+2',
      'GMT+2',
      'toString',
      '__proto__',
      2,
    ],
  );

  test('F2 any zone that this runtime knows is kept', async () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    await fc.assert(
      fc.asyncProperty(zones, (zone) => expectKept(service, 'zoneInfo', zone)),
      { numRuns: 20 },
    );
  });
});

describe('D4 createdAt', () => {
  const refused = [
    null,
    '',
    5,
    '2021-09-01',
    '2021-09-01T23:12:56',
    '2021-09-01T23:12:56+00:00',
    '2021-09-02T01:12:56+02:00',
    '2021-09-01t23:12:56z',
    '2021-09-01 23:12:56Z',
    '2021-09-01T23:12:56.1Z',
    '2021-09-01T23:12:56.000000Z',
    '2021-02-30T00:00:00Z',
    '2021-09-01T24:00:00Z',
    '2021-09-01T23:59:60Z',
  ];

  test.each(refused.map((value) => [value]))('createdAt %j is no instant in UTC', async (value) =>
    expectRefused(service, 'createdAt', value),
  );

  test.each([EXAMPLE_CREATED_AT, '2021-09-01T23:12:56.000Z'])('D4 createdAt %s is the current value', async (value) => {
    const response = await expectUntouched(service, TEST_USER, () => service.patch({ createdAt: value }));
    expect([response.status, response.body.data.attributes['createdAt']]).toEqual([200, EXAMPLE_CREATED_AT]);
  });

  test.each(['2021-09-01T23:12:56.001Z', '2021-09-01T23:12:55Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])(
    'D4 createdAt %s is another value',
    async (value) => {
      const response = await expectUntouched(service, TEST_USER, () => service.patch({ createdAt: value }));
      expectFaults(response, 403, 'read-only-attribute /data/attributes/createdAt');
    },
  );

  test.each([
    ['2020-01-02T03:04:05.000Z', '2020-01-02T03:04:05Z'],
    ['2020-01-02T03:04:05.060Z', '2020-01-02T03:04:05.060Z'],
  ])('createdAt %s is told as %s, with three fraction digits or none', async (instant, told) => {
    const id = crypto.randomUUID();
    await service.users.import([{ id, attributes: EXAMPLE_ATTRIBUTES, createdAt: new Date(instant) }]);
    const own = { path: `/users/${id}`, token: service.token({ sub: id }) };
    expect((await service.send(own)).body.data.attributes['createdAt']).toBe(told);
  });
});
