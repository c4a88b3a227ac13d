import { formats } from '@contract-first/core';
import { expect, test } from 'vitest';

// Long enough that quadratic time would run into the time limit of a test many times over.
const length = 2 ** 21;
const units = [
  ...[
    'a',
    '0',
    '-',
    '.',
    ':',
    '@',
    '/',
    '%',
    '%41',
    '"',
    '\\',
    '\\"',
    ' ',
    '=',
    '[',
    'a.',
    'a-',
    'a@',
    'a:',
    '0-',
    '::',
  ],
  ...['x-', 'de-', 'a-bb-', '-u-aa', '1:', '0.', '😀', '\u0000', '\ud800', '?', '#', 'a/', '//', 'T00:00:00', 'Z'],
];
const heads = [
  '',
  'https://',
  'https://a',
  'a@',
  '"',
  'a@[IPv6:',
  'de-',
  'x-',
  '2021-09-01T',
  '::',
  'http://a@',
  '2021-09-01T00:00:00.',
];

test.each(Object.entries(formats))('O5 %s takes linear time', (_, format: (value: string) => boolean) => {
  for (const head of heads) {
    for (const unit of units) {
      const text = `${head}${unit.repeat(2 ** 13)}`;
      expect([true, false]).toContain(format(`${text}\n`));
    }
  }
});

test.each(Object.entries(formats))('O5 %s takes a long text', (_, format: (value: string) => boolean) => {
  for (const unit of ['a', '0', 'a.', 'a-', 'a@', '%41', '\\"', '1:']) {
    const text = unit.repeat(length / unit.length);
    expect([true, false]).toContain(format(`https://${text}\n`));
    expect([true, false]).toContain(format(`${text}\n`));
  }
});
