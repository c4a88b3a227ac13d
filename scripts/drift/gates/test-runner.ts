import { join } from 'node:path';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';

/** What a run of test files found. */
export interface TestOutcome {
  /** The first failure; null if all passed. */
  readonly failure: { readonly file: string; readonly title: string } | null;
}

/** Runs test files of one package, again and again in one Vitest, and stops at the first failure. */
export class TestRunner {
  readonly #folder: string;
  readonly #package: string;
  readonly #onFile: () => void;
  #vitest: Promise<Vitest> | undefined;

  /**
   * @param folder the top level of the tree
   * @param owner the package, relative to it
   * @param onFile is called when a file is done
   */
  constructor(folder: string, owner: string, onFile: () => void) {
    this.#onFile = onFile;
    this.#folder = folder;
    this.#package = owner;
  }

  /** @param files relative to the top level */
  async run(files: readonly string[]): Promise<TestOutcome> {
    this.#vitest ??= this.#start();
    const vitest = await this.#vitest;
    const specifications = files.map((file) => vitest.getRootProject().createSpecification(join(this.#folder, file)));
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    for (const module of testModules) {
      const title = failureIn(module);
      if (title !== null) return { failure: { file: module.moduleId.slice(this.#folder.length + 1), title } };
    }
    const [error] = unhandledErrors;
    if (error === undefined) return { failure: null };
    return {
      failure: { file: files[0] ?? '', title: `unhandled: ${error instanceof Error ? error.message : String(error)}` },
    };
  }

  /** Lets go of what was read from files that have changed since. */
  async invalidate(files: readonly string[]): Promise<void> {
    const vitest = await this.#vitest;
    for (const file of files) vitest?.invalidateFile(join(this.#folder, file));
  }

  async close(): Promise<void> {
    await (await this.#vitest)?.close();
  }

  #start(): Promise<Vitest> {
    const root = join(this.#folder, this.#package);
    return createVitest('test', {
      root,
      watch: false,
      bail: 1,
      reporters: [{ onTestModuleEnd: this.#onFile }],
      maxWorkers: 1,
      // A mutant that makes a test wait need not be waited for as long.
      testTimeout: 10_000,
      update: false,
      passWithNoTests: true,
    });
  }
}

function failureIn(module: TestModule): string | null {
  for (const test of module.children.allTests('failed')) return test.fullName;
  if (module.state() !== 'failed') return null;
  return `the file failed: ${module.errors()[0]?.message ?? 'a hook or the import'}`;
}
