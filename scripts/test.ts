import { type Outcome, runStep, type Step } from './step.ts';
import { readReports, removeReports, type TestResult } from './test-report.ts';

/**
 * Runs every gate, each to its end, and exits with 1 if one of them fails. Generated files are compared first, before
 * anything could write them anew.
 */

const turbo = [
  'run',
  '--concurrency=2',
  '--continue',
  '--output-logs=errors-only',
  '--log-order=grouped',
  '--ui=stream',
];

const steps: readonly Step[] = [
  { name: 'generate:check', command: 'turbo', args: [...turbo, 'generate:check'] },
  { name: 'lint', command: 'turbo', args: [...turbo, 'lint'] },
  { name: 'typecheck', command: 'turbo', args: [...turbo, 'typecheck', 'typecheck:scripts'] },
  { name: 'tests', command: 'turbo', args: [...turbo, 'test', 'test:scripts'] },
  { name: 'rules', command: process.execPath, args: ['scripts/rules.ts'], isShown: true },
];

removeReports();
const outcomes: Outcome[] = [];
for (const step of steps) outcomes.push(await runStep(step));

const tests = readReports();
const passed = tests.filter(({ status }) => status === 'passed').length;
const failures = tests.filter(({ status }) => status !== 'passed');
console.log(`\n${[...failures.map(failureLine), ...table(outcomes)].join('\n')}\n`);
console.log(`${passed} passed, ${failures.length} failed`);
if (failures.length > 0 || outcomes.some((outcome) => !outcome.passed)) process.exitCode = 1;

function failureLine({ file, titles, status }: TestResult): string {
  return `${status}: ${file}: ${titles.join(' > ')}`;
}

function table(rows: readonly Outcome[]): string[] {
  const header = `${'step'.padEnd(16)}${'result'.padEnd(8)}seconds`;
  return [
    header,
    ...rows.map(
      ({ name, passed, seconds }) =>
        `${name.padEnd(16)}${(passed ? 'passed' : 'FAILED').padEnd(8)}${seconds.toFixed(1).padStart(7)}`,
    ),
  ];
}
