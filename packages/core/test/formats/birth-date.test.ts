import { formats } from '@contract-first/core';
import { expect, test } from 'vitest';
import { accepts } from './accepts.ts';

accepts('birth-date', formats['birth-date'], {
  valid: [
    '0000-12-31',
    '1582-10-10',
    '1997-07-21',
    '0000-07-21',
    '0000-02-29',
    '1990',
    '0001',
    '0001-01-01',
    '2000-02-29',
    '1900-02-28',
  ],
  invalid: [
    '2023-02-29',
    '0000-00-00',
    '2000-13-01',
    '2000-00-10',
    '2000-01-00',
    '2000-01-32',
    '2000-04-31',
    '97-07-21',
    '1997-07-',
    '1997/07/21',
    '21.07.1997',
    '1997-W30-1',
    '1997-202',
    '+1997-07-21',
    '1997-07-21Z',
    '1997 ',
    '1997\n',
    '9999-12-31',
    ...['', '0000', '97', '19970721', '1997-7-21', '1997-07', '1997-02-29', '1900-02-29', '1997-00-10', '1997-13-01'],
    ...[
      '1997-01-00',
      '1997-04-31',
      '0000-02-30',
      '9999',
      '9999-01-01',
      '1997-07-21T00:00:00Z',
      '1997-07-21\n',
      ' 1997',
    ],
    ...['-1997', '+1997', '１９９７', '1997-07-2١'],
  ],
});

const isBirthDate: (value: string, now?: number) => boolean = formats['birth-date'];
const now = Date.UTC(2024, 11, 31, 9, 59, 59);

test('birth-date: today is the day that has begun at UTC+14', () => {
  expect(isBirthDate('2024-12-31', now)).toBe(true);
  expect(isBirthDate('2025-01-01', now)).toBe(false);
  expect(isBirthDate('2025-01-01', now + 1000)).toBe(true);
  expect(isBirthDate('2025-01-02', now + 1000)).toBe(false);
});

test('birth-date: so is the year alone', () => {
  expect(isBirthDate('2024', now)).toBe(true);
  expect(isBirthDate('2025', now)).toBe(false);
  expect(isBirthDate('2025', now + 1000)).toBe(true);
});
