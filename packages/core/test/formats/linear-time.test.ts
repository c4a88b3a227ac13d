import { createContext, Script } from 'node:vm';
import { formats } from '@contract-first/core';
import { expect, test } from 'vitest';

// Long enough that quadratic time would run into the deadline many times over.
const length = 2 ** 21;
/** Milliseconds for all texts of a format, which linear work does in a tenth of one second. */
const DEADLINE = 15_000;

/** Tries all texts. The deadline interrupts even in the middle of a regular expression, which no test's limit does. */
function tryAll(check: (text: string) => unknown, texts: readonly string[]): void {
  const context = createContext({ tryEach: () => texts.forEach((text) => void check(text)) });
  new Script('tryEach()').runInContext(context, { timeout: DEADLINE });
}

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

const texts = heads.flatMap((head) => units.map((unit) => `${head}${unit.repeat(2 ** 13)}\n`));

const longTexts = ['a', '0', 'a.', 'a-', 'a@', '%41', '\\"', '1:'].flatMap((unit) => {
  const text = unit.repeat(length / unit.length);
  return [`https://${text}\n`, `${text}\n`];
});

test.each(Object.entries(formats))('O5 %s takes linear time', (_, format: (value: string) => boolean) => {
  expect(() => tryAll(format, texts)).not.toThrow();
});

test.each(Object.entries(formats))('O5 %s takes a long text', (_, format: (value: string) => boolean) => {
  expect(() => tryAll(format, longTexts)).not.toThrow();
});
