import { formats, numberFormats } from '@contract-first/core';
import { expect, test } from 'vitest';

test('the formats are these', () => {
  expect(Object.keys(formats).sort()).toEqual([
    ...['birth-date', 'byte', 'country-code', 'date', 'date-time', 'email', 'hostname', 'https-url', 'ipv4', 'ipv6'],
    ...['language-tag', 'password', 'time', 'time-zone', 'uri', 'uri-reference', 'utc-date-time', 'uuid'],
  ]);
  expect(Object.keys(numberFormats).sort()).toEqual(['double', 'float', 'int32', 'int64']);
});

test('nothing that every object has is a format', () => {
  expect('toString' in formats || 'constructor' in formats).toBe(false);
});
