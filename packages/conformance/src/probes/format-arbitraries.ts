import * as fc from 'fast-check';

const two = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'));
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const host = fc.tuple(label, fc.constantFrom('example', 'test', 'invalid')).map((parts) => parts.join('.'));
const path = fc.stringMatching(/^(?:\/[A-Za-z0-9_~.-]{1,8}){0,3}$/);
const ipv4 = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'));
const ipv6 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((parts) => parts.map((part) => part.toString(16)).join(':'));
const date = fc
  .tuple(fc.integer({ min: 1900, max: 2020 }), two(1, 12), two(1, 28))
  .map(([year, month, day]) => `${year}-${month}-${day}`);
const time = fc.tuple(two(0, 23), two(0, 59), two(0, 59)).map((parts) => parts.join(':'));
const fraction = fc.constantFrom('', '.000', '.123', '.999');
const https = fc.tuple(host, path).map(([name, rest]) => `https://${name}${rest}`);

/** Values of core's formats, by name. Each is valid by the format's definition; rare forms come as constants. */
export const formatArbitraries: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'birth-date': fc.oneof(
    date,
    date.map((day) => `0000${day.slice(4)}`),
    date.map((day) => day.slice(0, 4)),
  ),
  byte: fc.uint8Array({ maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  'country-code': fc.constantFrom('DE', 'FR', 'US', 'JP', 'ZA', 'BR', 'IN', 'NZ'),
  date,
  'date-time': fc
    .tuple(date, time, fraction, fc.constantFrom('Z', '+02:00', '-11:30'))
    .map(([day, at, rest, zone]) => `${day}T${at}${rest}${zone}`),
  email: fc.oneof(
    fc.tuple(fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/), host).map(([local, name]) => `${local}@${name}`),
    fc.constantFrom('"quoted local"@example.com', 'user@[192.0.2.1]', 'first.last+tag@example.com'),
  ),
  hostname: host,
  'https-url': https,
  ipv4,
  ipv6,
  'language-tag': fc.constantFrom('de', 'de-DE', 'en_US', 'zh-cmn-Hans-CN', 'x-private', 'sl-rozaj-biske', 'i-klingon'),
  password: fc.string({ maxLength: 16 }),
  time: fc.tuple(time, fc.constantFrom('Z', '+02:00')).map((parts) => parts.join('')),
  'time-zone': fc.constantFrom('UTC', 'Europe/Berlin', 'Europe/Kyiv', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'),
  uri: fc.oneof(https, fc.constantFrom('urn:isbn:0451450523', 'mailto:user@example.com')),
  'uri-reference': fc.oneof(https, path),
  'utc-date-time': fc
    .tuple(date, time, fc.constantFrom('', '.123', '.999'))
    .map(([day, at, rest]) => `${day}T${at}${rest}Z`),
  uuid: fc.uuid(),
};
