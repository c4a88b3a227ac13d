import { createHash } from 'node:crypto';
import type { Mutant } from './mutant.ts';

/**
 * Chooses mutants by chance, the same for the same seed, of as many kinds as there are places.
 *
 * @param size how many
 */
export function sampleOf(mutants: readonly Mutant[], size: number, seed: string): Mutant[] {
  const lot = (text: string): string => createHash('sha256').update(`${seed} ${text}`).digest('hex');
  const shuffled = mutants.toSorted((one, other) => (lot(one.id) < lot(other.id) ? -1 : 1));
  const kinds = [...Map.groupBy(shuffled, ({ area, mode, kind }) => `${area} ${mode} ${kind}`).values()];
  const mixed = kinds.toSorted((one, other) => (lot(String(one[0]?.id)) < lot(String(other[0]?.id)) ? -1 : 1));
  const turns = Array.from({ length: Math.max(0, ...mixed.map((kind) => kind.length)) }, (_, turn) => turn);
  const inTurns = turns.flatMap((turn) => mixed.flatMap((kind) => kind[turn] ?? []));
  const chosen = new Set(inTurns.slice(0, size));
  return mutants.filter((mutant) => chosen.has(mutant));
}
