import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { packages } from '@contract-first/release';

/** Which sources a test file depends on, by the texts of all files; also where it only names a file to be run or read. */
export class ImportGraph {
  readonly #folder: string;
  readonly #direct = new Map<string, readonly string[]>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every test file of the workspace that runs without a database server, relative to the top level. */
  testFiles(): string[] {
    const files = globSync('{packages,apps}/*/test/**/*.test.ts', {
      cwd: this.#folder,
      exclude: ['**/test/postgres/**'],
    });
    return files.sort();
  }

  /** The test files that depend on one of the given files. */
  testsOf(files: readonly string[]): string[] {
    const wanted = new Set(files);
    return this.testFiles().filter((test) => this.#closure(test).some((file) => wanted.has(file)));
  }

  #closure(start: string): readonly string[] {
    const found = new Set([start]);
    for (const file of found) for (const next of this.#dependencies(file)) found.add(next);
    return [...found];
  }

  #dependencies(file: string): readonly string[] {
    const known = this.#direct.get(file);
    if (known !== undefined) return known;
    const direct = /\.[cm]?[jt]s$/.test(file) ? this.#read(file) : [];
    this.#direct.set(file, direct);
    return direct;
  }

  #read(file: string): string[] {
    const text = readFileSync(join(this.#folder, file), 'utf8');
    const strings = [...text.matchAll(/(['"`])([^'"`\s]+)\1/g)].map(([, , content = '']) => content);
    return strings.flatMap((name) => this.#resolve(file, name));
  }

  #resolve(from: string, name: string): readonly string[] {
    if (/^[@a-z]/.test(name)) return this.#entry(name);
    if (!/^\.{1,2}\/.*\.\w+$/.test(name)) return [];
    const path = resolve(this.#folder, dirname(from), name);
    return existsSync(path) ? [relative(this.#folder, path)] : [];
  }

  /** The sources that an import of one of our packages leads to. */
  #entry(name: string): readonly string[] {
    const owner = packages().find(({ manifest }) => name === manifest.name || name.startsWith(`${manifest.name}/`));
    if (owner === undefined) return [];
    const target = owner.manifest.exports?.[`.${name.slice(owner.manifest.name.length)}`];
    const source = typeof target === 'object' ? target['source'] : undefined;
    return typeof source === 'string' ? [join(owner.folder, source)] : [];
  }
}
