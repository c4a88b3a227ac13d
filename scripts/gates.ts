import { existsSync } from 'node:fs';
import { root } from '@contract-first/release';
import { type Outcome, runStep, type Step } from './step.ts';
import { readReports, removeReports, type TestResult } from './test-report.ts';

/** Something that has to hold before a change is merged. */
export interface Gate extends Step {
  /** What to do if it does not hold. */
  readonly remedy: string;
}

const turbo = [
  'run',
  '--concurrency=3',
  '--continue',
  '--output-logs=errors-only',
  '--log-order=grouped',
  '--ui=stream',
];

/** What `npm test` runs. Generated files are compared first, before anything could write them anew. */
export const testGates: readonly Gate[] = [
  {
    name: 'generate:check',
    command: 'turbo',
    args: [...turbo, 'generate:check'],
    remedy: 'npm run generate, and commit what it writes',
  },
  { name: 'lint', command: 'turbo', args: [...turbo, 'lint'], remedy: 'npm run format, then correct what is left' },
  {
    name: 'typecheck',
    command: 'turbo',
    args: [...turbo, 'typecheck', 'typecheck:scripts'],
    remedy: 'follow the contract where the compiler points to',
  },
  {
    name: 'tests',
    command: 'vitest',
    args: ['run'],
    remedy: 'correct what the failed tests name',
  },
  {
    name: 'rules',
    command: process.execPath,
    args: ['--conditions=source', 'scripts/rules.ts'],
    isShown: true,
    remedy: 'write a test for each uncovered rule of docs/rules.md',
  },
  {
    name: 'conformance',
    command: process.execPath,
    args: [
      '--conditions=source',
      'packages/conformance/src/main.ts',
      'report',
      '--contract=@user-api/contract',
      '--source=openapi.yaml',
      '--coverage=apps/user-api/.reports/coverage',
      '--unreachable=apps/user-api/test/conformance/unreachable.json',
    ],
    isShown: true,
    remedy: 'correct what breaks the contract, and test each uncovered cell',
  },
];

/** What `npm run check` runs. */
export const allGates: readonly Gate[] = [
  ...testGates,
  {
    name: 'diff',
    command: process.execPath,
    args: ['--conditions=source', 'scripts/diff.ts'],
    isShown: true,
    remedy: 'npm run diff -- --bump && npm run generate, or take the change back',
  },
  {
    name: 'live',
    command: process.execPath,
    args: ['--conditions=source', 'apps/user-api/workflows/live.ts'],
    isShown: true,
    remedy: 'correct the service or openapi.yaml; the traffic is in .reports/live.har',
  },
  {
    name: 'check-data',
    command: process.execPath,
    args: ['--conditions=source', 'apps/user-api/src/main.ts', 'check-data', ...(hasDatabase() ? [] : ['--demo'])],
    isShown: true,
    remedy: 'stop npm start if it runs; correct the records or the contract',
  },
];

/** Whether there is something to check besides the demo user. */
function hasDatabase(): boolean {
  const { DATABASE_URL = '', DATA_DIR = '' } = process.env;
  return DATABASE_URL !== '' || DATA_DIR !== '' || existsSync(`${root}.data/postgresql`);
}

/**
 * Runs every gate to its end, prints a summary, with the count of the tests if they are among the gates, and lets the
 * process exit with 1 if one is red.
 */
export async function runGates(gates: readonly Gate[]): Promise<void> {
  const runsTests = gates.some(({ name }) => name === 'tests');
  if (runsTests) removeReports();
  const outcomes: Outcome[] = [];
  for (const gate of gates) outcomes.push(await runStep(gate));
  const tests = runsTests ? readReports() : [];
  const failures = tests.filter(({ status }) => status !== 'passed');
  console.log(`\n${[...failures.map(failureLine), ...summary(gates, outcomes)].join('\n')}\n`);
  if (runsTests) console.log(`${tests.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0 || outcomes.some((outcome) => !outcome.passed)) process.exitCode = 1;
}

function failureLine({ file, titles, status }: TestResult): string {
  return `${status}: ${file}: ${titles.join(' > ')}`;
}

/** A table with a row for each gate; red ones say what to do. */
export function summary(gates: readonly Gate[], outcomes: readonly Outcome[]): string[] {
  const rows = outcomes.map(({ name, passed, seconds, log }) => {
    const remedy = gates.find((gate) => gate.name === name)?.remedy ?? '';
    return row(name, passed ? 'passed' : 'FAILED', seconds.toFixed(1), log, passed ? '' : remedy);
  });
  return [row('gate', 'result', 'seconds', 'log', 'what to do'), ...rows];
}

function row(name: string, result: string, seconds: string, log: string, remedy: string): string {
  return `${name.padEnd(16)}${result.padEnd(8)}${seconds.padStart(7)}  ${log.padEnd(28)}${remedy}`.trimEnd();
}
