import { CONTRACT_AREA } from '../configuration/configuration.ts';
import type { Mutant } from '../mutants/mutant.ts';
import type { Job, Result } from './messages.ts';

/** Mutants of a contract share the start of the linter; the others each take a test run of their own. */
const CONTRACT_BATCH = 16;

/** So many batches there are at least, for all workers to have some until the end. */
const leastBatches = 8;

/** As many test files are proposed at most. */
const hintCount = 3;

/** Hands out mutants, and what is known about the tests that may notice them. */
export class Queue {
  readonly #mutants: ReadonlyMap<string, Mutant>;
  readonly #waiting: Mutant[];
  /** Test files by mutant, from an earlier run. */
  readonly #earlier: ReadonlyMap<string, string>;
  /** Test files by what they noticed, the newest first. */
  readonly #noticed = new Map<string, readonly string[]>();

  constructor(mutants: readonly Mutant[], earlier: ReadonlyMap<string, string> = new Map()) {
    this.#mutants = new Map(mutants.map((mutant) => [mutant.id, mutant]));
    this.#waiting = [...mutants];
    this.#earlier = earlier;
  }

  next(): Job | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    const share = Math.ceil(this.#mutants.size / leastBatches);
    const batch = this.#waiting.splice(0, first.area === CONTRACT_AREA ? Math.min(CONTRACT_BATCH, share) : 1);
    const rest = batch.filter(({ area }) => area !== first.area);
    this.#waiting.unshift(...rest);
    const own = batch.filter(({ area }) => area === first.area);
    return { ids: own.map(({ id }) => id), hints: this.#hints(own) };
  }

  learn(results: readonly Result[]): void {
    for (const { id, testFile } of results) {
      const mutant = this.#mutants.get(id);
      if (mutant === undefined || testFile === undefined) continue;
      for (const key of keysOf(mutant)) {
        const before = this.#noticed.get(key) ?? [];
        this.#noticed.set(key, [testFile, ...before.filter((file) => file !== testFile)]);
      }
    }
  }

  #hints(mutants: readonly Mutant[]): string[] {
    const earlier = mutants.flatMap(({ id }) => this.#earlier.get(id) ?? []);
    const similar = mutants.flatMap((mutant) => keysOf(mutant).flatMap((key) => this.#noticed.get(key) ?? []));
    return [...new Set([...earlier, ...similar])].slice(0, hintCount);
  }
}

/** What mutants may have in common, the closest first. */
function keysOf({ id, file, area, kind }: Mutant): readonly string[] {
  return area === 'contract' ? [kind, area] : [id.replace(/^.*?:.*?:/, '').replace(/\.\d+$/, ''), file];
}
