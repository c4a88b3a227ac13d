import { readReports, removeReports, type TestResult } from '../test-results/test-report.ts';
import type { Gate } from './gate.ts';
import { type Outcome, runStep } from './step.ts';

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
