import { Identities } from './identities.ts';

type Check = (value: unknown, memory: Memory) => boolean;

/**
 * What one validation remembers, so that no schema is tried on the same object twice, although several branches lead to
 * it: work is bounded by schemas × values.
 */
export class Memory {
  readonly identities = new Identities();
  readonly #verdicts = new Map<Check, Map<object, boolean>>();

  verdict(check: Check, value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return check(value, this);
    let verdicts = this.#verdicts.get(check);
    if (verdicts === undefined) {
      verdicts = new Map();
      this.#verdicts.set(check, verdicts);
    }
    const known = verdicts.get(value);
    if (known !== undefined) return known;
    const verdict = check(value, this);
    verdicts.set(value, verdict);
    return verdict;
  }
}
