import { describe, expect, test } from 'vitest';
import { parseRules, ruleCoverage, type TestResult } from '../src/rule-coverage.ts';

const rules = parseRules(`
# Rules

- **J1** The first.
- **J2** The second, whose text
  goes on.
- **J12** Another one.
`);

function result(titles: string | string[], status: TestResult['status'] = 'passed'): TestResult {
  return { titles: [titles].flat(), status, file: 'packages/x/test/y.test.ts' };
}

function covered(...tests: TestResult[]): string[] {
  return ruleCoverage(rules, tests).covered.map(({ id }) => id);
}

describe('rules are read from Markdown', () => {
  test('with their whole text', () => {
    expect(rules).toEqual([
      { id: 'J1', text: 'The first.' },
      { id: 'J2', text: 'The second, whose text goes on.' },
      { id: 'J12', text: 'Another one.' },
    ]);
  });

  test('and a number that stands twice is refused', () => {
    expect(() => parseRules('- **J1** One.\n- **J1** Two.\n')).toThrow('J1 stands twice');
  });

  test('and a file without a rule is refused', () => {
    expect(() => parseRules('# Rules\n')).toThrow('There is no rule');
  });
});

describe('a rule is covered', () => {
  test('by a passed test that begins with its number', () => {
    expect(covered(result('J2 a charset is refused'))).toEqual(['J2']);
  });

  test('by a test that begins with several numbers', () => {
    expect(covered(result('J1, J12: both at once'))).toEqual(['J1', 'J12']);
  });

  test('by a test in a describe that has the number', () => {
    expect(covered(result(['J2 parameters', 'charset']))).toEqual(['J2']);
  });

  test('by a number that stands later in the title', () => {
    expect(covered(result('a charset is refused (J2)'))).toEqual(['J2']);
  });

  test.each(['failed', 'skipped'] as const)('but not by a %s test', (status) => {
    expect(covered(result('J2 a charset is refused', status))).toEqual([]);
  });

  test('but not by a longer number or a part of a word', () => {
    expect(covered(result('J123 and xJ2'))).toEqual([]);
  });
});

test('a number that no rule has is reported if it begins a title', () => {
  const wrong = [result('J3 gone'), result('J1, J4: half gone'), result(['Z9 gone', 'inner'])];
  const right = [result('J1 uses ES256'), result('P256 is a curve'), result('E2E tests')];
  expect(ruleCoverage(rules, [...wrong, ...right]).unknown).toEqual(wrong);
});

test('skipped tests are reported', () => {
  const skipped = result('J1 later', 'skipped');
  expect(ruleCoverage(rules, [skipped, result('J1 now')]).skipped).toEqual([skipped]);
});
