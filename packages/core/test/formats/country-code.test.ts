import { formats } from '@contract-first/core';
import { expect, test } from 'vitest';
import { accepts } from './accepts.ts';

accepts('F3 country-code', formats['country-code'], {
  valid: ['DE', 'US', 'GB', 'AX', 'SS', 'ZW', 'TW'],
  invalid: [
    'QO',
    '276',
    ' DE',
    'ＤＥ',
    '',
    'de',
    'De',
    'EU',
    'UK',
    'XA',
    'XK',
    'AN',
    'SU',
    'ZZ',
    'DEU',
    'D',
    'D E',
    'DE\n',
    'AD AE',
  ],
});

test('F3 country-code: there are 249', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  expect(pairs.filter(formats['country-code'])).toHaveLength(249);
});
