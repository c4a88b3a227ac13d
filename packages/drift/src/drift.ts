import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { allMutants } from './all-mutants.ts';
import { CleanUp } from './clean-up.ts';
import { copyTree, removeTree } from './copy.ts';
import { type Equivalents, parseEquivalents, unknownEquivalents } from './equivalents.ts';
import type { Result } from './messages.ts';
import type { Mutant } from './mutant.ts';
import { type DriftOptions, parseOptions, usage } from './options.ts';
import { Pool } from './pool.ts';
import { Queue } from './queue.ts';
import { redFiles } from './red-files.ts';
import { kindTable, markdown, type Run, summaryLines, survivorItem } from './report.ts';
import { sampleOf } from './sample.ts';
import { type Entry, entriesOf } from './score.ts';
import { Tree } from './tree.ts';

/** Proves that the gates of the project bite; see the usage text. */

const equivalentsFile = 'apps/user-api/drift/equivalents.yaml';
const jsonFile = `${root}.reports/drift.json`;

const options = parseOptions(process.argv.slice(2));
const cleanUp = new CleanUp();
if (options.isHelp) console.log(usage);
else await drift().finally(() => cleanUp.run());

async function drift(): Promise<void> {
  const pristine = copyTree(root);
  cleanUp.add(() => removeTree(pristine));
  const all = allMutants(new Tree(pristine), options.areas);
  const equivalents = parseEquivalents(readFileSync(root + equivalentsFile, 'utf8'));
  const chosen = choose(all, options);
  if (options.isList) {
    for (const { id, file, line, change } of chosen) console.log(`${id}\t${file}:${line}\t${change}`);
    return;
  }
  const tried = chosen.filter(({ id }) => options.triesEquivalents || !equivalents.has(id));
  const start = performance.now();
  const { results, redFiles } = await tryAll(pristine, tried);
  const entries = entriesOf(chosen, results, equivalents);
  const seconds = (performance.now() - start) / 1000;
  report({ entries, seconds, diff: options.diff, redFiles });
  complain(entries, outdated(all, entries, equivalents), redFiles);
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
  pristine: string,
  mutants: readonly Mutant[],
): Promise<{ results: ReadonlyMap<string, Result>; redFiles: readonly string[] }> {
  const queue = new Queue(mutants, earlierTestFiles());
  const results = new Map<string, Result>();
  const pool = new Pool({
    workers: Math.min(options.workers, mutants.length),
    pristine,
    setup: { areas: options.areas, diff: options.diff },
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

function report(run: Run): void {
  mkdirSync(`${root}.reports`, { recursive: true });
  writeFileSync(jsonFile, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(`${root}.reports/drift.md`, markdown(run));
  console.log(`${kindTable(run.entries)}\n`);
}

/** What the list of equivalents should not say any more. */
function outdated(all: readonly Mutant[], entries: readonly Entry[], equivalents: Equivalents): string[] {
  const prefixes = options.areas.flatMap((area) =>
    area === 'contract' ? ['unregenerated:', 'regenerated:'] : [`${area}:`],
  );
  const own = [...equivalents].filter(([id]) => prefixes.some((prefix) => id.startsWith(prefix)));
  const unknown = unknownEquivalents(
    new Map(own),
    all.map(({ id }) => id),
  );
  const noticed = entries.filter(({ id, status }) => status === 'killed' && equivalents.has(id));
  return [
    ...unknown.map((id) => `There is no mutant ${id}; remove it from ${equivalentsFile}.`),
    ...noticed.map(({ id }) => `${id} is noticed; remove it from ${equivalentsFile}.`),
  ];
}

function complain(entries: readonly Entry[], outdatedLines: readonly string[], redFiles: readonly string[]): void {
  const survivors = entries.filter(({ status }) => status === 'survived');
  for (const survivor of survivors) console.log(survivorItem(survivor));
  for (const line of outdatedLines) console.log(line);
  for (const file of redFiles)
    console.log(`It fails without a mutant, too, so that what it noticed means nothing: ${file}`);
  console.log(['', ...summaryLines({ entries, seconds: 0, diff: options.diff, redFiles })].join('\n'));
  if (survivors.length + outdatedLines.length + redFiles.length > 0) process.exitCode = 1;
}
