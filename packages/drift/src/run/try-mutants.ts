import type { Finding, Gate, GateContext } from '../gates/gate.ts';
import type { Mutant } from '../mutants/mutant.ts';
import type { Result } from './messages.ts';

/** The gate that compares with the released contract. */
export const diffGate = 'diff';

export interface TryOptions {
  readonly hints: readonly string[];
  /** Whether what the version rule notices is shown to the other gates, too. */
  readonly goesOnAfterDiff: boolean;
  readonly onProgress: (gate: string, mutants: readonly Mutant[]) => void;
}

/** Shows mutants to the gates, the cheapest first. What turned a gate red is not shown to the next ones. */
export async function tryMutants(
  mutants: readonly Mutant[],
  gates: readonly Gate[],
  { hints, goesOnAfterDiff, onProgress }: TryOptions,
): Promise<Result[]> {
  const results = new Map(mutants.map((mutant) => [mutant.id, survivor(mutant)]));
  let left = mutants;
  for (const gate of gates) {
    const shown = left.filter((mutant) => gate.applies(mutant));
    const context: GateContext = { hints, onProgress: (tried) => onProgress(gate.name, tried) };
    const findings = shown.length === 0 ? [] : await gate.check(shown, context);
    for (const finding of findings)
      results.set(finding.mutant.id, after(results.get(finding.mutant.id), gate, finding));
    const isStopped = gate.name !== diffGate || !goesOnAfterDiff;
    const noticed = new Set(findings.filter(({ complaint }) => complaint !== null).map(({ mutant }) => mutant));
    if (isStopped) left = left.filter((mutant) => !noticed.has(mutant));
  }
  return [...results.values()];
}

function survivor({ id }: Mutant): Result {
  return { id, gate: null, isInDiff: false, complaint: '', seconds: 0 };
}

/** A gate of its own counts more than the version rule, which notices nearly every change. */
function after(before: Result | undefined, { name }: Gate, { mutant, complaint, testFile, seconds }: Finding): Result {
  const sofar = before ?? survivor(mutant);
  const sum = sofar.seconds + seconds;
  if (complaint === null) return { ...sofar, seconds: sum };
  const isInDiff = sofar.isInDiff || name === diffGate;
  return { ...sofar, gate: name, complaint, isInDiff, seconds: sum, ...(testFile !== undefined && { testFile }) };
}
