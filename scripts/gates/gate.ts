import type { Step } from './step.ts';

/** Something that has to hold before a change is merged. */
export interface Gate extends Step {
  /** What to do if it does not hold. */
  readonly remedy: string;
  /**
   * The gates that have to hold before this one says anything; if one of them is red, it is not run.
   *
   * @default none
   */
  readonly needs?: readonly string[];
}

/** A program of this repository, as a step runs it. */
export function program(file: string, ...args: readonly string[]): Pick<Step, 'command' | 'args'> {
  return { command: process.execPath, args: ['--conditions=source', file, ...args] };
}
