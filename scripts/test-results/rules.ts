import { readFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { parseRules, ruleCoverage, type TestResult } from '@contract-first/testing/rule-coverage';
import { readReports } from './test-report.ts';

/** Compares docs/rules.md with what the last test run covered, and exits with 1 if a rule has no passing test. */

const rules = parseRules(readFileSync(`${root}docs/rules.md`, 'utf8'));
const { covered, uncovered, unknown, skipped } = ruleCoverage(rules, readReports());

console.log(`rules covered: ${covered.length} of ${rules.length}`);
list(
  'No passing test has the number of these rules in its title:',
  uncovered.map(({ id, text }) => `${id} ${text}`),
);
list('These tests begin with a number that docs/rules.md does not have:', unknown.map(describeTest));
list('These tests were skipped; finish or remove them:', skipped.map(describeTest));
if (uncovered.length + unknown.length + skipped.length > 0) process.exitCode = 1;

function list(heading: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log([heading, ...lines.map((line) => `  ${line}`)].join('\n'));
}

function describeTest({ file, titles }: TestResult): string {
  return `${file}: ${titles.join(' > ')}`;
}
