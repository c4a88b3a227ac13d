import { join } from 'node:path';
import { packages } from '@contract-first/release';
import { CONTRACT_AREA, type DriftConfiguration } from '../configuration/configuration.ts';
import type { Mutant } from '../mutants/mutant.ts';
import type { Tree } from '../run/tree.ts';
import { eachAlone, type Finding, type Gate, type GateContext } from './gate.ts';
import type { Generation } from './generation.ts';
import type { ImportGraph } from './import-graph.ts';
import { numberOf, relevanceOf, ruleWeight } from './relevance.ts';
import { type TestOutcome, TestRunner } from './test-runner.ts';

/** So many files are first asked for the tests of a rule alone. */
const ruleFiles = 2;

/** Test files are run in rounds that grow, because the first ones are the likeliest to fail. */
const rounds = [1, 2, 4];

type Changes = Readonly<Record<string, string>>;
type Failure = TestOutcome['failure'];
type Noticed = Pick<Finding, 'complaint' | 'testFile'>;

/** The tests that depend on what was changed. */
export function testsGate(
  tree: Tree,
  generation: Generation,
  graph: ImportGraph,
  { contract, areas }: DriftConfiguration,
): Gate {
  const testedBy = ({ area }: Mutant): readonly string[] =>
    (area === CONTRACT_AREA ? contract.tests : areas[area]?.tests) ?? [];
  const runners = new Map<string, TestRunner>();
  let tellProgress = (): void => {};

  const runnerFor = (owner: string): TestRunner => {
    const runner = runners.get(owner) ?? new TestRunner(tree.folder, owner, () => tellProgress());
    runners.set(owner, runner);
    return runner;
  };

  const invalidate = async (files: readonly string[]): Promise<void> => {
    for (const runner of runners.values()) await runner.invalidate(files);
  };

  /** The first failure of test files with the changes. */
  const runChanged = async (changes: Changes, files: readonly string[], titles?: RegExp): Promise<Failure> => {
    tree.change(changes);
    await invalidate(Object.keys(changes));
    const { failure } = await runnerFor(ownerOf(files[0] ?? '')).run(files, titles);
    await invalidate(tree.restore());
    return failure;
  };

  /** A failure counts if the file fails alone, too. */
  const confirmed = async (changes: Changes, found: Failure, files: readonly string[]): Promise<Failure> => {
    return found === null || files.length === 1 ? found : runChanged(changes, [found.file]);
  };

  /** The failure of a test that names the rule: the cheapest way to notice a mutant that breaks it. */
  const failureOfRule = async (changes: Changes, rule: string, files: readonly string[]): Promise<Failure> => {
    const titles = numberOf(rule);
    for (const file of files.filter((each) => titles.test(tree.read(each))).slice(0, ruleFiles)) {
      const failure = await runChanged(changes, [file], titles);
      if (failure !== null) return failure;
    }
    return null;
  };

  const check = async (mutant: Mutant, { hints, onProgress }: GateContext): Promise<Noticed> => {
    tellProgress = () => onProgress([mutant]);
    const changes = await generation.changesOf(mutant);
    const files = ordered(mutant, testedBy(mutant), graph.testsOf(Object.keys(changes)), hints, tree.folder);
    const first = mutant.rule === undefined ? null : await failureOfRule(changes, mutant.rule, files);
    if (first !== null) return noticed(first);
    const remaining = new Set(files);
    for (let round = 0; ; round += 1) {
      const batch = nextBatch([...remaining], rounds[round] ?? Number.POSITIVE_INFINITY);
      if (batch.length === 0) return { complaint: null };
      const found = await runChanged(changes, batch);
      const failure = await confirmed(changes, found, batch);
      if (failure !== null) return noticed(failure);
      // The run ended with the failure; what came after it has not been run.
      for (const file of found === null ? batch : [found.file]) remaining.delete(file);
    }
  };

  return {
    name: 'tests',
    applies: ({ mode }) => mode !== 'unregenerated',
    // Those that notice a mutant are run without one at the end, see redFiles.
    assertGreen: async () => {},
    check: (mutants, context) => eachAlone(mutants, context, (mutant) => check(mutant, context)),
  };
}

function noticed({ file, title }: NonNullable<Failure>): Noticed {
  return { complaint: `${file}: ${title}`, testFile: file };
}

/** The folder of the package that a test file belongs to. */
export function ownerOf(file: string): string {
  return packages().find(({ folder }) => file.startsWith(`${folder}/`))?.folder ?? '';
}

/** As many files as the round has, of the package of the first one. */
function nextBatch(files: readonly string[], size: number): string[] {
  const owner = ownerOf(files[0] ?? '');
  return files.filter((file) => ownerOf(file) === owner).slice(0, size);
}

/** The likeliest first: what noticed something similar, then by package, then what speaks of the same things. */
function ordered(
  mutant: Mutant,
  owners: readonly string[],
  files: readonly string[],
  hints: readonly string[],
  folder: string,
): string[] {
  const relevance = new Map(files.map((file) => [file, relevanceOf(mutant, file, join(folder, file))]));
  const rank = (file: string): number => {
    const hint = hints.indexOf(file);
    if (hint >= 0) return hint - hints.length - 1;
    return (relevance.get(file) ?? 0) >= ruleWeight ? -1 : owners.indexOf(ownerOf(file));
  };
  const less = (one: string, other: string): number => (relevance.get(other) ?? 0) - (relevance.get(one) ?? 0);
  const candidates = files.filter((file) => owners.includes(ownerOf(file)));
  return candidates.sort((one, other) => rank(one) - rank(other) || less(one, other));
}
