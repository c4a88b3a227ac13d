import { expectFaults, TEST_USER } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EXAMPLE_ATTRIBUTES, EXAMPLE_CREATED_AT, startService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { attributeNames } from '../support/user-arbitraries.ts';
import { userPath } from '../support/user-path.ts';
import { expectKept, expectRefused } from './field-rules.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

/**
 * One test for each value, so that a failure names it. Which texts a format takes is tested with the format; here stand
 * a few of each kind, and those that only a request can show.
 */
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
  rules('email', ['"John Smith"@example.com', 'user@[IPv6:2001:db8::1]'], ['', 'user', 'üser@example.com', 5, {}]);
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
    ['https://example.com:8443/a;b=c/d?e=f&g#h', 'https://example.com/%7Ea%2f'],
    ['', 'http://example.com/', 'https://user:password@example.com/', 5],
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
    ['2000-02-29', '0000-07-21', '1990', today, today.slice(0, 4)],
    ['', '2023-02-29', '1997-07', 1997, String(Number(inTwoDays.slice(0, 4)) + 1), inTwoDays],
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

  test.each(['EU', 'de', '', 49, null])('F3 country %j is refused', async (country) =>
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
  rules('locale', ['de', 'en_US', 'zh_Hant_TW', 'x-private'], ['', 'de--DE', 'de-DE\n', 5]);
});

describe('F2 zoneInfo', () => {
  rules('zoneInfo', ['UTC', 'Europe/Kiev', 'America/Port-au-Prince'], ['', 'europe/berlin', 'CEST', 'toString', 2]);

  test('F2 any zone that this runtime knows is kept', async () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    await fc.assert(
      fc.asyncProperty(zones, (zone) => expectKept(service, 'zoneInfo', zone)),
      { numRuns: 20 },
    );
  });
});

describe('D4 createdAt', () => {
  const refused = [null, '', 5, '2021-09-01', '2021-09-01T23:12:56+00:00', '2021-09-01T23:12:56.1Z'];

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
    const own = { path: userPath(id), token: service.token({ sub: id }) };
    expect((await service.send(own)).body.data.attributes['createdAt']).toBe(told);
  });
});
