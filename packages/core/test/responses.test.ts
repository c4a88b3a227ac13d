import { expect, test } from 'vitest';
import { internalErrorStatus, responseFor, responseKey } from '../src/index.ts';

const declaring = (...keys: readonly string[]) => ({
  responses: Object.fromEntries(keys.map((key) => [key, { headers: {}, content: {} }])),
});

test.each<readonly [keys: readonly string[], status: number, key: string | null]>([
  [['200', '2XX', 'default'], 200, '200'],
  [['200', '2XX', 'default'], 204, '2XX'],
  [['200', '4XX', 'default'], 404, '4XX'],
  [['200', '4XX', 'default'], 500, 'default'],
  [['200', '4XX', 'default'], 304, 'default'],
  [['200', 'default'], 201, null],
  [['2XX', 'default'], 299, '2XX'],
  [['default'], 201, 'default'],
  [['404', 'default'], 200, 'default'],
  [['default'], 100, null],
  [['default'], 600, null],
  [['default'], 0, null],
  [['200'], 404, null],
])('of %j, the status %i belongs to %s', (keys, status, key) => {
  const operation = declaring(...keys);
  expect(responseKey(operation, status)).toBe(key);
  expect(responseFor(operation, status)).toBe(key === null ? null : operation.responses[key]);
});

test('an unexpected failure is 501 where that is declared and 500 is not', () => {
  expect(internalErrorStatus([declaring('200', '501')])).toBe(501);
  expect(internalErrorStatus([declaring('200'), declaring('501')])).toBe(501);
  expect(internalErrorStatus([declaring('500'), declaring('501')])).toBe(500);
  expect(internalErrorStatus([declaring('5XX')])).toBe(500);
  expect(internalErrorStatus([])).toBe(500);
});
