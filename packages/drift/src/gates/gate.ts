import type { Mutant } from '../mutants/mutant.ts';

/** Why a gate turned red: the first thing that it complained about. */
export interface Finding {
  readonly mutant: Mutant;
  /** null if the gate stays green. */
  readonly complaint: string | null;
  /** The test file that noticed it, relative to the top level. */
  readonly testFile?: string;
  readonly seconds: number;
}

/** What has to be told beside the mutants. */
export interface GateContext {
  /** Test files that noticed something similar, the likeliest first. */
  readonly hints: readonly string[];
  /** Is called when a gate begins with mutants, so that one who waits knows what takes long. */
  readonly onProgress: (mutants: readonly Mutant[]) => void;
}

/** A check of the project that a mutant has to be noticed by. */
export interface Gate {
  readonly name: string;
  /** Whether the gate can notice such a mutant at all. */
  applies(mutant: Mutant): boolean;
  /**
   * Runs the gate without a mutant.
   *
   * @throws {Error} if the gate is red already: it would notice every mutant
   */
  assertGreen(): Promise<void>;
  check(mutants: readonly Mutant[], context: GateContext): Promise<readonly Finding[]>;
}

/** Checks one mutant after the other and takes the time. */
export async function eachAlone(
  mutants: readonly Mutant[],
  { onProgress }: GateContext,
  check: (mutant: Mutant) => Promise<Pick<Finding, 'complaint' | 'testFile'>>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const mutant of mutants) {
    onProgress([mutant]);
    const start = performance.now();
    const found = await check(mutant);
    findings.push({ mutant, ...found, seconds: (performance.now() - start) / 1000 });
  }
  return findings;
}
