import { numberFormats } from '@contract-first/core';
import { expect, test } from 'vitest';

const { int32, int64, float, double } = numberFormats;

test('int32 takes signed 32-bit integers', () => {
  expect([-(2 ** 31), 0, 2 ** 31 - 1].map(int32)).toEqual([true, true, true]);
  expect([-(2 ** 31) - 1, 2 ** 31, 0.5].map(int32)).toEqual([false, false, false]);
});

test('int64 takes the integers that a JSON number carries exactly', () => {
  expect([Number.MIN_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER].map(int64)).toEqual([true, true, true]);
  expect([2 ** 53, 2 ** 63, 1.5].map(int64)).toEqual([false, false, false]);
});

test('float and double take their ranges', () => {
  expect([0.1, -3.4e38, 3.5e38, Number.POSITIVE_INFINITY].map(float)).toEqual([true, true, false, false]);
  expect([1e308, Number.POSITIVE_INFINITY, Number.NaN].map(double)).toEqual([true, false, false]);
});
