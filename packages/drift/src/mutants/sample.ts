import { createHash } from 'node:crypto';
import type { Mutant } from './mutant.ts';

/**
 * Chooses mutants by chance, the same for the same seed: as many of each area and mode, and of as many kinds as there
 * are places.
 *
 * @param size how many
 */
export function sampleOf(mutants: readonly Mutant[], size: number, seed: string): Mutant[] {
  const lot = (text: string): string => createHash('sha256').update(`${seed} ${text}`).digest('hex');
  const shuffled = mutants.toSorted((one, other) => (lot(one.id) < lot(other.id) ? -1 : 1));
  const ways = Map.groupBy(shuffled, ({ area, mode }) => `${area} ${mode}`).values();
  const mixed = [...ways].map((way) => inTurns([...Map.groupBy(way, ({ kind }) => kind).values()]));
  const chosen = new Set(inTurns(mixed).slice(0, size));
  return mutants.filter((mutant) => chosen.has(mutant));
}

/** The first of each list, then the second of each, and so on. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const turns = Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, turn) => turn);
  return turns.flatMap((turn) => lists.flatMap((list) => list.slice(turn, turn + 1)));
}
