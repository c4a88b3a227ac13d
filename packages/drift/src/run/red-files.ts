import { TestRunner } from '../gates/test-runner.ts';
import { ownerOf } from '../gates/tests.ts';

/** As many files are run at a time as mutants are tried. */
const workers = 2;

/**
 * Finds test files that fail without any mutant.
 *
 * @param folder a copy of the sources, as they are
 * @param files relative to it
 * @returns a line for each that fails
 */
export async function redFiles(folder: string, files: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const [owner, own] of Map.groupBy(files, ownerOf)) {
    const runner = new TestRunner(folder, owner, () => {}, workers);
    const left = new Set(own);
    for (let isDone = false; !isDone && left.size > 0; ) {
      const { failure } = await runner.run([...left]);
      if (failure !== null) lines.push(`${failure.file}: ${failure.title}`);
      isDone = failure === null || !left.delete(failure.file);
    }
    await runner.close();
  }
  return lines;
}
