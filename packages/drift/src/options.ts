import type { DiffUse } from './run/messages.ts';

/** Which mutants are tried, and how. */
export interface DriftOptions {
  /** Empty for all. */
  readonly areas: readonly string[];
  /** Whether the mutants of operators are tried, too. */
  readonly isThorough: boolean;
  /** Empty for all. */
  readonly kinds: readonly string[];
  /** Ids; empty for all. */
  readonly only: readonly string[];
  /** null for all. */
  readonly sample: number | null;
  readonly seed: string;
  readonly diff: DiffUse;
  readonly triesEquivalents: boolean;
  readonly workers: number;
  readonly isVerbose: boolean;
  readonly isList: boolean;
}
