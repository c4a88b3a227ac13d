import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { CONTRACT_AREA, type DriftConfiguration } from './configuration/configuration.ts';
import { allMutants } from './mutants/all-mutants.ts';
import type { Mutant } from './mutants/mutant.ts';
import { sampleOf } from './mutants/sample.ts';
import type { DriftOptions } from './options.ts';
import { type Equivalents, parseEquivalents, unknownEquivalents } from './report/equivalents.ts';
import { kindTable, markdown, type Report, summaryLines, survivorItem } from './report/report.ts';
import { type Entry, entriesOf } from './report/score.ts';
import { CleanUp } from './run/clean-up.ts';
import { copyTree, removeTree } from './run/copy.ts';
import type { Result } from './run/messages.ts';
import { Pool } from './run/pool.ts';
import { Queue } from './run/queue.ts';
import { redFiles } from './run/red-files.ts';
import { Tree } from './run/tree.ts';

/** A run: what is changed, how, and what has to be removed when it ends. */
interface Run {
  readonly options: DriftOptions;
  readonly configuration: DriftConfiguration;
  /** The areas whose mutants are wanted. */
  readonly areas: readonly string[];
  readonly cleanUp: CleanUp;
}

const jsonFile = `${root}.reports/drift.json`;

/**
 * Tries mutants in copies of the repository, and prints and writes what the gates noticed.
 *
 * @returns whether every mutant was noticed
 * @throws {Error} if there is no such area or mutant, or if a gate is red without any mutant
 */
export async function drift(configuration: DriftConfiguration, options: DriftOptions): Promise<boolean> {
  const known = [CONTRACT_AREA, ...Object.keys(configuration.areas)];
  const unknown = options.areas.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no area ${unknown.join(', ')}, only ${known.join(', ')}.`);
  const cleanUp = new CleanUp();
  const areas = options.areas.length > 0 ? options.areas : known;
  return run({ options, configuration, areas, cleanUp }).finally(() => cleanUp.run());
}

async function run(own: Run): Promise<boolean> {
  const { options, configuration, areas, cleanUp } = own;
  const pristine = copyTree(root);
  cleanUp.add(() => removeTree(pristine));
  const all = allMutants(new Tree(pristine), configuration, areas);
  const equivalents = parseEquivalents(readFileSync(root + configuration.equivalents, 'utf8'));
  const chosen = choose(all, options);
  if (options.isList) {
    for (const { id, file, line, change } of chosen) console.log(`${id}\t${file}:${line}\t${change}`);
    return true;
  }
  const tried = chosen.filter(({ id }) => options.triesEquivalents || !equivalents.has(id));
  const start = performance.now();
  const { results, redFiles } = await tryAll(own, pristine, tried);
  const entries = entriesOf(chosen, results, equivalents);
  const seconds = (performance.now() - start) / 1000;
  report({ entries, seconds, diff: options.diff, redFiles });
  return complain(own, entries, outdated(own, all, entries, equivalents), redFiles);
}

function choose(all: readonly Mutant[], { isThorough, kinds, only, sample, seed }: DriftOptions): readonly Mutant[] {
  const wanted = all.filter(
    ({ id, kind, isDerived }) =>
      (isThorough || !isDerived) &&
      (kinds.length === 0 || kinds.includes(kind)) &&
      (only.length === 0 || only.includes(id)),
  );
  if (wanted.length === 0) throw new Error('No mutant is like that; see: npm run drift -- --list');
  return sample === null ? wanted : sampleOf(wanted, sample, seed);
}

async function tryAll(
  { options, configuration, areas, cleanUp }: Run,
  pristine: string,
  mutants: readonly Mutant[],
): Promise<{ results: ReadonlyMap<string, Result>; redFiles: readonly string[] }> {
  const queue = new Queue(mutants, earlierTestFiles());
  const results = new Map<string, Result>();
  const pool = new Pool({
    workers: Math.min(options.workers, mutants.length),
    pristine,
    setup: { configuration, areas, diff: options.diff },
    next: () => queue.next(),
    onResults: (found) => {
      queue.learn(found);
      for (const result of found) results.set(result.id, result);
      if (options.isVerbose) for (const { id, gate, complaint } of found) console.log(`${gate} ${id}: ${complaint}`);
      showProgress(results, mutants.length);
    },
    onProgress: (gate, ids) => {
      if (options.isVerbose) console.log(`${new Date().toISOString().slice(11, 19)} ${gate} ${ids.join(' ')}`);
    },
  });
  cleanUp.add(() => pool.stop());
  if (mutants.length > 0) await pool.run();
  if (process.stdout.isTTY) process.stdout.write('\r\u001B[2K');
  const noticing = [...results.values()].flatMap(({ testFile }) => testFile ?? []);
  return { results, redFiles: await redFiles(pristine, [...new Set(noticing)]) };
}

/** Which test noticed which mutant in the last run: it is asked first. */
function earlierTestFiles(): ReadonlyMap<string, string> {
  if (!existsSync(jsonFile)) return new Map();
  // This script wrote the file.
  const { entries } = JSON.parse(readFileSync(jsonFile, 'utf8')) as { entries: readonly Entry[] };
  return new Map(entries.flatMap(({ id, testFile }) => (testFile === undefined ? [] : [[id, testFile] as const])));
}

function showProgress(results: ReadonlyMap<string, Result>, total: number): void {
  const survivors = [...results.values()].filter(({ gate }) => gate === null).length;
  const line = `${results.size} of ${total} mutants, ${survivors} survived`;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[2K… ${line}`);
  else if (results.size % 50 === 0) console.log(line);
}

function report(run: Report): void {
  mkdirSync(`${root}.reports`, { recursive: true });
  writeFileSync(jsonFile, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(`${root}.reports/drift.md`, markdown(run));
  console.log(`${kindTable(run.entries)}\n`);
}

/** What the list of equivalents should not say any more. */
function outdated(
  { configuration, areas }: Run,
  all: readonly Mutant[],
  entries: readonly Entry[],
  equivalents: Equivalents,
): string[] {
  const prefixes = areas.flatMap((area) =>
    area === CONTRACT_AREA ? ['unregenerated:', 'regenerated:'] : [`${area}:`],
  );
  const own = [...equivalents].filter(([id]) => prefixes.some((prefix) => id.startsWith(prefix)));
  const unknown = unknownEquivalents(
    new Map(own),
    all.map(({ id }) => id),
  );
  const noticed = entries.filter(({ id, status }) => status === 'killed' && equivalents.has(id));
  return [
    ...unknown.map((id) => `There is no mutant ${id}; remove it from ${configuration.equivalents}.`),
    ...noticed.map(({ id }) => `${id} is noticed; remove it from ${configuration.equivalents}.`),
  ];
}

/** @returns whether there was nothing to complain of */
function complain(
  { options }: Run,
  entries: readonly Entry[],
  outdatedLines: readonly string[],
  redFiles: readonly string[],
): boolean {
  const survivors = entries.filter(({ status }) => status === 'survived');
  for (const survivor of survivors) console.log(survivorItem(survivor));
  for (const line of outdatedLines) console.log(line);
  for (const file of redFiles)
    console.log(`It fails without a mutant, too, so that what it noticed means nothing: ${file}`);
  console.log(['', ...summaryLines({ entries, seconds: 0, diff: options.diff, redFiles })].join('\n'));
  return survivors.length + outdatedLines.length + redFiles.length === 0;
}
