import type { Random } from '../load/random.ts';

/** What is killed in one go. All times are in milliseconds. */
export interface CrashRound {
  /** How long the writers may work before. */
  readonly delay: number;
  /** How long after that the service is killed; null for not. */
  readonly service: number | null;
  /** How long after that the database is killed, and how long it stays away; null for not. */
  readonly database: { readonly delay: number; readonly downtime: number } | null;
}

/** Of how many kills of each one happens while the other is down, or coming up. */
const KILLS_PER_OVERLAP = 3;

/** Rounds in which each of the two is killed as often as asked for, sometimes both about the same time. */
export function planCrashes(kills: number, random: Random): readonly CrashRound[] {
  const both = Math.floor(kills / KILLS_PER_OVERLAP);
  const single = kills - both;
  const rounds = [
    ...Array.from({ length: both }, () => [true, true] as const),
    ...Array.from({ length: single }, () => [true, false] as const),
    ...Array.from({ length: single }, () => [false, true] as const),
  ];
  return random.shuffle(rounds).map(([service, database]) => {
    const latest = service && database ? 600 : 0;
    return {
      delay: random.between(50, 800),
      service: service ? random.between(0, latest) : null,
      database: database ? { delay: random.between(0, latest), downtime: random.between(0, 1500) } : null,
    };
  });
}
