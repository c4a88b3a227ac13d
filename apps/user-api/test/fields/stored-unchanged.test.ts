import fc, { type Arbitrary } from 'fast-check';
import { afterAll, describe, test, vi } from 'vitest';
import { startService } from '../support/service.ts';
import { attributeNames, attributeValues, text } from '../support/user-arbitraries.ts';
import { expectKept, expectRefused } from './field-rules.ts';

// Hundreds of requests take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const service = await startService();
afterAll(() => service.close());

describe('valid values', () => {
  test.each(attributeNames)('%s: every value is stored and returned unchanged', async (name) => {
    await fc.assert(
      fc.asyncProperty(attributeValues[name], (value) => expectKept(service, name, value)),
      { numRuns: 10 },
    );
  });
});

const digits = (minLength: number, maxLength: number): Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

const number = (length: number, digit: string): string => String(length).padStart(digit.length, '0');

const notADay = fc
  .tuple(fc.integer({ min: 0, max: 2020 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
  .map((parts) => parts.map((part, index) => number(part, index === 0 ? 'YYYY' : 'MM')).join('-'))
  .filter((date) => Number.isNaN(Date.parse(date)) || !new Date(date).toISOString().startsWith(date));

const future = fc
  .date({ min: new Date(Date.now() + 3 * 86_400_000), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Values of the right type that the grammar of the attribute does not have. */
const faulty: Readonly<Record<string, Arbitrary<string>>> = {
  email: fc.oneof(
    text(20).filter((value) => !value.includes('@')),
    fc.tuple(attributeValues.email, fc.constantFrom('..', ' ', '@', ',', 'ü', '\n')).map((parts) => parts.join('')),
  ),
  phoneNumber: fc.oneof(
    digits(0, 20),
    digits(0, 2).map((value) => `+${value}`),
    digits(16, 30).map((value) => `+${value}`),
    digits(8, 20).map((value) => `+49721555;ext=${value}`),
    fc
      .tuple(digits(1, 5), fc.constantFrom('a', '/', '+', '\n', ',', '٣'), digits(1, 5))
      .map((parts) => `+${parts.join('')}`),
  ),
  pictureUrl: fc.oneof(
    fc.webUrl({ validSchemes: ['http', 'ftp', 'wss'] }),
    fc.webUrl({ validSchemes: ['https'] }).map((url) => url.replace('https://', 'https:')),
    fc.webUrl({ validSchemes: ['https'] }).map((url) => url.replace('https://', 'https://user@')),
    fc
      .tuple(fc.webUrl({ validSchemes: ['https'] }), fc.constantFrom(' ', '\t', '\n', '"', '\\', 'ä', '%'))
      .map((parts) => parts.join('')),
    text(20),
  ),
  gender: text(10).filter((value) => !['male', 'female', 'other'].includes(value)),
  birthDate: fc.oneof(
    notADay,
    future,
    text(12).filter((value) => !/^\d{4}$/.test(value)),
  ),
  locale: fc.oneof(
    fc
      .tuple(attributeValues.locale, fc.constantFrom('-', '_', '--x', ' ', '-abcdefghi', '-ß', '.'))
      .map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom('-', '_', '1', ' '), attributeValues.locale).map((parts) => parts.join('')),
  ),
  zoneInfo: fc.oneof(
    text(20),
    attributeValues.zoneInfo.map((zone) => `${zone}`.toLowerCase()),
    attributeValues.zoneInfo.map((zone) => ` ${zone}`),
  ),
};

describe('faulty values', () => {
  test.each(Object.entries(faulty))('%s: none is stored', async (name, values) => {
    await fc.assert(
      fc.asyncProperty(values, (value) => expectRefused(service, name, value)),
      { numRuns: 10 },
    );
  });
});

test('H16 no text with NUL or a lone surrogate is stored', async () => {
  const broken = fc
    .tuple(
      text(5),
      fc.constantFrom('\0', '\ud800', '\udfff', '\udc00\ud800'),
      text(5).filter((end) => !/^[\udc00-\udfff]/.test(end)),
    )
    .map((parts) => parts.join(''));
  const name = fc.constantFrom(...attributeNames.filter((it) => it !== 'address'));
  await fc.assert(
    fc.asyncProperty(name, broken, (attribute, value) => expectRefused(service, attribute, value)),
    { numRuns: 20 },
  );
  await fc.assert(
    fc.asyncProperty(broken, (value) => expectRefused(service, 'address', { street: value }, '/street')),
    { numRuns: 10 },
  );
});
