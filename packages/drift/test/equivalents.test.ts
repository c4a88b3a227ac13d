import { readFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { expect, test } from 'vitest';
import { parseEquivalents, unknownEquivalents } from '../src/report/equivalents.ts';

test('each id of an item has its reason', () => {
  const text = '- reason: It changes nothing.\n  ids: [a, b]\n- reason: Neither does it.\n  ids: [c]\n';
  expect([...parseEquivalents(text)]).toEqual([
    ['a', 'It changes nothing.'],
    ['b', 'It changes nothing.'],
    ['c', 'Neither does it.'],
  ]);
});

test.each([
  ['needs a reason', '- ids: [a]\n'],
  ['needs a reason', '- reason: ""\n  ids: [a]\n'],
  ['needs a reason', '- reason: It changes nothing.\n  ids: []\n'],
  ['a is twice', '- reason: One.\n  ids: [a]\n- reason: Two.\n  ids: [a]\n'],
  ['must be a list', 'a: It changes nothing.\n'],
])('a list that %s is refused', (message, text) => {
  expect(() => parseEquivalents(text)).toThrow(message);
});

test('an id that no mutant has is told', () => {
  const equivalents = parseEquivalents('- reason: It changes nothing.\n  ids: [a, b]\n');
  expect(unknownEquivalents(equivalents, ['b', 'c'])).toEqual(['a']);
});

test('the list of the project can be read', () => {
  const text = readFileSync(`${root}apps/user-api/drift/equivalents.yaml`, 'utf8');
  expect(() => parseEquivalents(text)).not.toThrow();
});
