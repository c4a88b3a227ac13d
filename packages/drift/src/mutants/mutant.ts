/**
 * What follows the change: nothing, or `npm run generate`. A change of the contract is tried both ways; a change of a
 * source needs nothing to follow.
 */
export type Mode = 'unregenerated' | 'regenerated' | 'source';

/** One small change that the gates have to notice. */
export interface Mutant {
  /** Says what is changed where, without line numbers, so that it stays the same while the file grows. */
  readonly id: string;
  /** `contract`, or the name of an area of sources in the configuration. */
  readonly area: string;
  readonly mode: Mode;
  /** What sort of change it is, for example `required-dropped`. */
  readonly kind: string;
  /** The rule of docs/rules.md that it breaks, where a person said so. */
  readonly rule?: string;
  /** Whether an operator made it, from any line of a source; there are many, and they are tried on demand. */
  readonly isDerived: boolean;
  /** The file that is changed, relative to the top level. */
  readonly file: string;
  /** The line of the change, from 1. */
  readonly line: number;
  /** The change in words. */
  readonly change: string;
  /** Makes the new text of the file. */
  readonly text: () => string;
}
