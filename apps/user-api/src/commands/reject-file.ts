import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Reject } from './user-import.ts';

/** The file that rejected lines are written to. It is made with the first of them; one of an earlier run is removed. */
export class RejectFile {
  readonly path: string;
  #descriptor: number | null = null;

  /** @throws Error if a file is in the way that cannot be removed */
  constructor(path: string) {
    this.path = path;
    rmSync(path, { force: true });
  }

  write(reject: Reject): void {
    // It holds personal data, as the imported file does.
    this.#descriptor ??= openSync(this.path, 'w', 0o600);
    writeSync(this.#descriptor, `${JSON.stringify(reject)}\n`);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}
