import { join } from 'node:path';
import { packages } from '../../workspace.ts';
import type { Area, Mutant } from '../mutant.ts';
import type { Tree } from '../tree.ts';
import { eachAlone, type Finding, type Gate, type GateContext } from './gate.ts';
import type { Generation } from './generation.ts';
import type { ImportGraph } from './import-graph.ts';
import { relevanceOf } from './relevance.ts';
import { TestRunner } from './test-runner.ts';

/** Whose tests are run for a change in an area, the most likely to notice it first. */
const affected: Readonly<Record<Area, readonly string[]>> = {
  contract: ['packages/client', 'apps/user-api', 'packages/conformance', 'apps/console'],
  server: ['packages/core', 'packages/server', 'apps/user-api', 'packages/conformance'],
  client: ['packages/client', 'apps/console'],
};

/** Test files are run in rounds that grow, because the first ones are the likeliest to fail. */
const rounds = [1, 2, 4];

export interface TestsGate extends Gate {
  /** Test files that fail without a mutant, with what failed. They are left out. */
  readonly redFiles: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** The tests that depend on what was changed. */
export function testsGate(tree: Tree, generation: Generation, graph: ImportGraph): TestsGate {
  const runners = new Map<string, TestRunner>();
  const red = new Map<string, string>();
  const green = new Set<string>();
  let tellProgress = (): void => {};

  const runnerFor = (owner: string): TestRunner => {
    const runner = runners.get(owner) ?? new TestRunner(tree.folder, owner, () => tellProgress());
    runners.set(owner, runner);
    return runner;
  };

  const invalidate = async (files: readonly string[]): Promise<void> => {
    for (const runner of runners.values()) await runner.invalidate(files);
  };

  /** Whether a test file passes without a mutant; if not, its failures mean nothing. */
  const isGreen = async (file: string): Promise<boolean> => {
    if (green.has(file)) return true;
    const { failure } = await runnerFor(ownerOf(file)).run([file]);
    if (failure === null) green.add(file);
    else red.set(file, failure.title);
    return failure === null;
  };

  const check = async (
    mutant: Mutant,
    { hints, onProgress }: GateContext,
  ): Promise<Pick<Finding, 'complaint' | 'testFile'>> => {
    tellProgress = () => onProgress([mutant]);
    const changes = await generation.changesOf(mutant);
    const remaining = new Set(ordered(mutant, graph.testsOf(Object.keys(changes)), hints, tree.folder));
    for (let round = 0; remaining.size > 0; round += 1) {
      for (const file of red.keys()) remaining.delete(file);
      const batch = nextBatch([...remaining], rounds[round] ?? Number.POSITIVE_INFINITY);
      if (batch.length === 0) break;
      tree.change(changes);
      await invalidate(Object.keys(changes));
      const { failure } = await runnerFor(ownerOf(batch[0] ?? '')).run(batch);
      await invalidate(tree.restore());
      if (failure === null) for (const file of batch) remaining.delete(file);
      else if (await isGreen(failure.file))
        return { complaint: `${failure.file}: ${failure.title}`, testFile: failure.file };
      else remaining.delete(failure.file);
    }
    return { complaint: null };
  };

  return {
    name: 'tests',
    redFiles: red,
    applies: ({ mode }) => mode !== 'unregenerated',
    // Each file that notices a mutant is run without it, when it first does.
    assertGreen: async () => {},
    check: (mutants, context) => eachAlone(mutants, context, (mutant) => check(mutant, context)),
    close: async () => {
      for (const runner of runners.values()) await runner.close();
    },
  };
}

function ownerOf(file: string): string {
  return packages().find(({ folder }) => file.startsWith(`${folder}/`))?.folder ?? '';
}

/** As many files as the round has, of the package of the first one. */
function nextBatch(files: readonly string[], size: number): string[] {
  const owner = ownerOf(files[0] ?? '');
  return files.filter((file) => ownerOf(file) === owner).slice(0, size);
}

/** The likeliest first: what noticed something similar, then by package, then what speaks of the same things. */
function ordered(mutant: Mutant, files: readonly string[], hints: readonly string[], folder: string): string[] {
  const owners = affected[mutant.area];
  const rank = (file: string): number => {
    const hint = hints.indexOf(file);
    return hint >= 0 ? hint - hints.length : owners.indexOf(ownerOf(file));
  };
  const relevance = new Map(files.map((file) => [file, relevanceOf(mutant, file, join(folder, file))]));
  const less = (one: string, other: string): number => (relevance.get(other) ?? 0) - (relevance.get(one) ?? 0);
  const candidates = files.filter((file) => owners.includes(ownerOf(file)));
  return candidates.sort((one, other) => rank(one) - rank(other) || less(one, other));
}
