import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A copy of the sources that is changed for one mutant after the other. */
export class Tree {
  readonly folder: string;
  /** What the changed files were; null where there was none. */
  readonly #before = new Map<string, string | null>();

  constructor(folder: string) {
    this.folder = folder;
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  /** Writes texts by file, relative to the folder, until the next {@link restore}. */
  change(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      if (!this.#before.has(file)) this.#before.set(file, this.#textOf(file));
      mkdirSync(dirname(this.path(file)), { recursive: true });
      writeFileSync(this.path(file), text);
    }
  }

  /** Takes back every change. @returns the files that were changed */
  restore(): readonly string[] {
    const changed = [...this.#before];
    for (const [file, text] of changed) {
      if (text === null) rmSync(this.path(file), { force: true });
      else writeFileSync(this.path(file), text);
    }
    this.#before.clear();
    return changed.map(([file]) => file);
  }

  #textOf(file: string): string | null {
    try {
      return this.read(file);
    } catch {
      return null;
    }
  }
}
