import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../schema/document.ts';

/** What the exchanges of one or more processes came to. */
export interface Results {
  /** Ids of the covered cells, sorted. */
  readonly cells: readonly string[];
  /** Sorted. */
  readonly faults: readonly string[];
}

const SUFFIX = '.exchanges.json';

/** Writes results to a file of their own. A reader never sees half a file. */
export async function writeResults(directory: string, results: Results): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${process.pid}-${randomUUID()}${SUFFIX}`);
  await writeFile(`${file}.tmp`, JSON.stringify(results));
  await rename(`${file}.tmp`, file);
  return file;
}

/**
 * Reads the results of all processes.
 *
 * @throws {Error} if there are none, because nothing recorded is not the same as nothing wrong, or if one is malformed
 */
export async function merge(directory: string): Promise<Results> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(SUFFIX)).sort();
  if (names.length === 0)
    throw new Error(`${directory} has no recorded exchanges; run the tests with a recorder first`);
  const all = await Promise.all(names.map((name) => readResults(join(directory, name))));
  return { cells: union(all.map(({ cells }) => cells)), faults: union(all.map(({ faults }) => faults)) };
}

async function readResults(file: string): Promise<Results> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (isObject(value) && isStrings(value['cells']) && isStrings(value['faults']))
    return { cells: value['cells'], faults: value['faults'] };
  throw new Error(`${file} does not hold recorded exchanges; remove it`);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort();
}
