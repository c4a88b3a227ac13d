import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from '../src/index.ts';

test.each([
  ['0', 0],
  ['-0', -0],
  ['0e999', 0],
  ['1.50', 1.5],
  ['9007199254740992', 2 ** 53],
  ['9007199254740994', 9_007_199_254_740_994],
  ['-9007199254740994.0', -9_007_199_254_740_994],
  ['1e23', 1e23],
  ['1234567890123456768', Number(1_234_567_890_123_456_768n)],
  ['1234567890123456800', Number(1_234_567_890_123_456_800n)],
  ['0.1', 0.1],
  ['0.1234567890123456789', Number('0.12345678901234568')],
])('%s is read', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each([
  ...['', ' 1', '+1', '01', '1.', '.5', '0x1F', 'NaN', 'Infinity', '1n', '1_0'],
  ...['9007199254740993', '-9007199254740993', '1234567890123456789', '9007199254740993e0', '9007199254740992.5'],
  ...['1e309', '-1e999999999', '1e-400', `1${'0'.repeat(400)}`],
])('%s is refused', (text) => {
  expect(readNumber(text)).toBeUndefined();
});

test('every double is read as it is written', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(readNumber(JSON.stringify(value))).toBe(Object.is(value, -0) ? 0 : value);
    }),
  );
});

test('an integer is read if, and only if, it is the same when it is written again', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (integer) => {
      const value = readNumber(String(integer));
      const exact = BigInt(Number(integer)) === integer;
      if (exact || value !== undefined) expect(value).toBe(Number(integer));
      else expect(BigInt(Number(integer))).not.toBe(integer);
    }),
  );
});

test('a number of many digits takes no time', () => {
  const started = performance.now();
  readNumber(`${'9'.repeat(300)}.${'9'.repeat(64_000)}`);
  expect(performance.now() - started).toBeLessThan(100);
});
