import { decodeValue } from '@contract-first/core';
import { expect, test } from 'vitest';

test.each<readonly ['string' | 'integer' | 'number' | 'boolean', string, unknown]>([
  ['integer', '12', 12],
  ['integer', '-0', -0],
  ['integer', '100000000000000000000', 1e20],
  ['integer', '1.5', '1.5'],
  ['integer', '', ''],
  ['integer', '007', '007'],
  ['integer', '12345678901234567', '12345678901234567'],
  ['number', '-1.5e3', -1500],
  ['number', '1e400', '1e400'],
  ['number', '0x10', '0x10'],
  ['number', ' 1', ' 1'],
  ['number', 'Infinity', 'Infinity'],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['boolean', 'TRUE', 'TRUE'],
  ['string', '12', '12'],
])('G1 as %s, %j is %j', (type, text, value) => {
  expect(decodeValue(type, text)).toBe(value);
});
