import type { TestResult } from '@contract-first/testing/rule-coverage';
import { readReports, removeReports } from '../test-results/test-report.ts';
import type { Gate } from './gate.ts';
import { type Outcome, runStep } from './step.ts';

/** What became of a gate; null if it was not run, because one that it needs is red. */
export type GateOutcome = Outcome | null;

/**
 * Runs every gate to its end, but for those that need a red one, prints a summary, with the count of the tests if they
 * were run, and lets the process exit with 1 if one is red.
 */
export async function runGates(gates: readonly Gate[]): Promise<void> {
  if (gates.some(({ name }) => name === 'tests')) removeReports();
  const outcomes = new Map<string, GateOutcome>();
  for (const gate of gates) outcomes.set(gate.name, await runGate(gate, outcomes));
  const ranTests = (outcomes.get('tests') ?? null) !== null;
  const tests = ranTests ? readReports() : [];
  const failures = tests.filter(({ status }) => status !== 'passed');
  console.log(`\n${[...failures.map(failureLine), ...summary(gates, outcomes)].join('\n')}\n`);
  if (ranTests) console.log(`${tests.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0 || [...outcomes.values()].some(isRed)) process.exitCode = 1;
}

async function runGate(gate: Gate, outcomes: ReadonlyMap<string, GateOutcome>): Promise<GateOutcome> {
  const red = gate.needs?.find((name) => isRed(outcomes.get(name)));
  if (red === undefined) return runStep(gate);
  console.log(`- ${gate.name} not run: ${red} has to hold first`);
  return null;
}

/** One that was not run is red as well, so that what needs it is not run either. */
function isRed(outcome: GateOutcome | undefined): boolean {
  return outcome !== undefined && outcome?.passed !== true;
}

function failureLine({ file, titles, status }: TestResult): string {
  return `${status}: ${file}: ${titles.join(' > ')}`;
}

/** A table with a row for each gate; red ones say what to do. */
export function summary(gates: readonly Gate[], outcomes: ReadonlyMap<string, GateOutcome>): string[] {
  const rows = gates.map(({ name, remedy }) => {
    const outcome = outcomes.get(name) ?? null;
    if (outcome === null) return row(name, 'NOT RUN', '', '', '');
    const { passed, seconds, log } = outcome;
    return row(name, passed ? 'passed' : 'FAILED', seconds.toFixed(1), log, passed ? '' : remedy);
  });
  return [row('gate', 'result', 'seconds', 'log', 'what to do'), ...rows];
}

function row(name: string, result: string, seconds: string, log: string, remedy: string): string {
  return `${name.padEnd(16)}${result.padEnd(8)}${seconds.padStart(7)}  ${log.padEnd(28)}${remedy}`.trimEnd();
}
