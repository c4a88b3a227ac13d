import type { DriftConfiguration } from '../configuration/configuration.ts';

/**
 * What the comparison with the released contract is used for: `on` shows what it notices to the other gates, too, so
 * that there is a score without it; `stop` does not; `off` leaves it out.
 */
export type DiffUse = 'on' | 'stop' | 'off';

/** What a worker is started with. */
export interface WorkerSetup {
  /** The worker's copy of the sources. */
  readonly folder: string;
  readonly configuration: DriftConfiguration;
  /** The areas whose mutants are tried. */
  readonly areas: readonly string[];
  readonly diff: DiffUse;
}

/** From the one who distributes to a worker: mutants to be tried. */
export interface Job {
  readonly ids: readonly string[];
  /** Test files that noticed something similar, the likeliest first. */
  readonly hints: readonly string[];
}

/** What became of a mutant. */
export interface Result {
  readonly id: string;
  /** Which gate noticed it first; null if none did. `diff` counts only if no other gate was red. */
  readonly gate: string | null;
  /** Whether the version rule noticed it. */
  readonly isInDiff: boolean;
  /** What the gate complained about; `''` if none did. */
  readonly complaint: string;
  readonly testFile?: string;
  /** All gates together. */
  readonly seconds: number;
}

/** From a worker to the one who distributes. */
export type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly gate: string; readonly ids: readonly string[] }
  | { readonly type: 'done'; readonly results: readonly Result[] }
  | { readonly type: 'failed'; readonly message: string };
