import { createHash } from 'node:crypto';

/** Chance that is the same for the same seed. */
export interface Random {
  /** @returns at least `from`, and less than `to` */
  between(from: number, to: number): number;
  shuffle<T>(items: readonly T[]): readonly T[];
}

export function createRandom(seed: string): Random {
  let turn = 0;
  const next = (): number => {
    turn += 1;
    return createHash('sha256').update(`${seed} ${turn}`).digest().readUInt32BE() / 2 ** 32;
  };
  return {
    between: (from, to) => from + next() * (to - from),
    shuffle(items) {
      const lots = items.map((item) => ({ item, lot: next() }));
      return lots.toSorted((one, other) => one.lot - other.lot).map(({ item }) => item);
    },
  };
}
