import { expect, test } from 'vitest';
import { gravest, isAtLeast, nextVersion } from '../src/version.ts';

test.each([
  ['1.2.3', 'major', '2.0.0'],
  ['1.2.3', 'minor', '1.3.0'],
  ['1.2.3', 'patch', '1.2.4'],
  ['1.2.3', null, '1.2.3'],
  ['0.2.3', 'major', '0.3.0'],
  ['0.2.3', 'minor', '0.2.4'],
  ['0.2.3', 'patch', '0.2.4'],
] as const)('after %s a %s change is %s', (version, impact, next) => {
  expect(nextVersion(version, impact)).toBe(next);
});

test.each([
  ['1.2.3', '1.2.3', true],
  ['1.10.0', '1.9.9', true],
  ['2.0.0', '1.9.9', true],
  ['1.9.9', '2.0.0', false],
  ['1.2.2', '1.2.3', false],
])('whether %s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});

test.each(['1.2', 'v1.2.3', '1.2.3-beta', '01.2.3', ''])('%s is no version', (version) => {
  expect(() => nextVersion(version, 'patch')).toThrow('is not a version');
});

test('the gravest impact is found in any order', () => {
  expect(gravest(['patch', 'major', 'minor'])).toBe('major');
  expect(gravest([])).toBeNull();
});
