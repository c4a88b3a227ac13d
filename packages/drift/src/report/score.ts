import type { Mutant } from '../mutants/mutant.ts';
import type { Result } from '../run/messages.ts';
import { diffGate } from '../run/try-mutants.ts';
import type { Equivalents } from './equivalents.ts';

export type Status = 'killed' | 'survived' | 'equivalent';

/** A mutant and what became of it. */
export interface Entry extends Omit<Mutant, 'text'>, Omit<Result, 'id'> {
  readonly status: Status;
  /** Why it is equivalent. */
  readonly reason?: string;
}

export interface Score {
  readonly killed: number;
  /** All but the equivalent ones. */
  readonly total: number;
}

/** @param results those of the mutants that were tried; the others are equivalent, or were not reached */
export function entriesOf(
  mutants: readonly Mutant[],
  results: ReadonlyMap<string, Result>,
  equivalents: Equivalents,
): Entry[] {
  return mutants.flatMap(({ text: _, ...mutant }): Entry[] => {
    const reason = equivalents.get(mutant.id);
    const result = results.get(mutant.id);
    if (result?.gate != null) return [{ ...mutant, ...result, status: 'killed' }];
    if (reason !== undefined) return [{ ...mutant, ...(result ?? untried(mutant.id)), status: 'equivalent', reason }];
    return result === undefined ? [] : [{ ...mutant, ...result, status: 'survived' }];
  });
}

function untried(id: string): Result {
  return { id, gate: null, isInDiff: false, complaint: '', seconds: 0 };
}

export function scoreOf(entries: readonly Entry[]): Score {
  const counted = entries.filter(({ status }) => status !== 'equivalent');
  return { killed: counted.filter(({ status }) => status === 'killed').length, total: counted.length };
}

/** The score as if there were no rule about the contract's version. */
export function scoreWithoutDiff(entries: readonly Entry[]): Score {
  const { total } = scoreOf(entries);
  return { killed: entries.filter(({ status, gate }) => status === 'killed' && gate !== diffGate).length, total };
}

/** What only the version rule noticed. */
export function noticedByDiffAlone(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ gate }) => gate === diffGate);
}
