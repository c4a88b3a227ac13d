import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type TestModule, type TestSequencer, type TestSpecification, type Vitest } from 'vitest/node';

/** What a run of test files found. */
export interface TestOutcome {
  /** The first failure; null if all passed. */
  readonly failure: { readonly file: string; readonly title: string } | null;
}

/** Vitest would begin with the largest file; here the likeliest to fail comes first. */
class GivenOrder implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

/** Runs test files of one package, again and again in one Vitest, and stops at the first failure. */
export class TestRunner {
  readonly #folder: string;
  readonly #package: string;
  readonly #onFile: () => void;
  readonly #workers: number;
  #vitest: Promise<Vitest> | undefined;

  /**
   * @param folder the top level of the tree
   * @param owner the package, relative to it
   * @param onFile is called when a file is done
   * @param workers how many files are run at a time
   */
  constructor(folder: string, owner: string, onFile: () => void, workers = 1) {
    this.#onFile = onFile;
    this.#workers = workers;
    this.#folder = folder;
    this.#package = owner;
  }

  /**
   * @param files relative to the top level
   * @param titles only tests whose titles match are run; null for all
   */
  async run(files: readonly string[], titles: RegExp | null = null): Promise<TestOutcome> {
    const vitest = await this.#started();
    if (titles === null) vitest.resetGlobalTestNamePattern();
    else vitest.setGlobalTestNamePattern(titles);
    const outcome = await this.#runOnce(files);
    // A file without such a test looks as if it had been cut off.
    if (titles !== null) return outcome;
    if (outcome.failure !== null || outcome.cut.length === 0) return outcome;
    // Without a failure nothing should have been cut off; an earlier end may still have been on its way.
    return this.#runOnce(outcome.cut);
  }

  async #runOnce(files: readonly string[]): Promise<TestOutcome & { readonly cut: readonly string[] }> {
    const vitest = await this.#started();
    const paths = files.map((file) => join(this.#folder, file));
    const specifications = paths.map((path) => vitest.getRootProject().createSpecification(path));
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    // Vitest lists the results of earlier runs, too.
    const own = testModules.filter(({ moduleId }) => paths.includes(moduleId));
    const cut = own.filter((module) => module.state() !== 'passed').map((module) => this.#fileOf(module));
    for (const module of own) {
      const title = failureIn(module);
      if (title !== null) return { failure: { file: this.#fileOf(module), title }, cut };
    }
    const [error] = unhandledErrors;
    if (error === undefined) return { failure: null, cut };
    const title = `unhandled: ${error instanceof Error ? error.message : String(error)}`;
    return { failure: { file: files[0] ?? '', title }, cut };
  }

  #fileOf({ moduleId }: TestModule): string {
    return moduleId.slice(this.#folder.length + 1);
  }

  /** Lets go of what was read from files that have changed since. */
  async invalidate(files: readonly string[]): Promise<void> {
    const vitest = await this.#vitest;
    for (const file of files) vitest?.invalidateFile(join(this.#folder, file));
  }

  async close(): Promise<void> {
    await (await this.#vitest)?.close();
  }

  #started(): Promise<Vitest> {
    this.#vitest ??= this.#start();
    return this.#vitest;
  }

  #start(): Promise<Vitest> {
    return createVitest('test', {
      root: this.#configured(),
      watch: false,
      bail: 1,
      sequence: { sequencer: GivenOrder },
      reporters: [{ onTestModuleEnd: this.#onFile }],
      maxWorkers: this.#workers,
      // A mutant that makes a test wait need not be waited for as long.
      testTimeout: 10_000,
      update: false,
      passWithNoTests: true,
    });
  }

  /** The folder whose configuration the tests have: the package's own, or that of the top level. */
  #configured(): string {
    const own = join(this.#folder, this.#package);
    return readdirSync(own).some(isConfiguration) ? own : this.#folder;
  }
}

function isConfiguration(file: string): boolean {
  return /^(?:vitest|vite)\.config\.[cm]?[jt]s$/.test(file);
}

function failureIn(module: TestModule): string | null {
  for (const test of module.children.allTests('failed')) return test.fullName;
  if (module.state() !== 'failed') return null;
  return `the file failed: ${module.errors()[0]?.message ?? 'a hook or the import'}`;
}
