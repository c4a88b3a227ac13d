import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The right to be the only process that uses a directory. It ends with the process, however the process ends. */
export interface DirectoryLock {
  release(): void;
}

/** The process that has a directory. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** RFC 3339. */
  readonly since: string;
}

/** Another process, or another part of this one, has the directory. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
  /** null in the moment in which the holder has not yet written who it is. */
  readonly holder: LockHolder | null;

  constructor(directory: string, holder: LockHolder | null) {
    const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host} since ${holder.since}`;
    super(`the data directory ${directory} is in use by ${who}: stop it, or set DATA_DIR to another directory`);
    this.holder = holder;
  }
}

/** Milliseconds. Of several that start in the same moment one has the directory after that, not none. */
const CONTENTION = 250;

const SQLITE_BUSY = 5;

/**
 * Takes a directory for this process. Node has no file locks of its own, SQLite has: they are the operating system's
 * and end with the process, so that a killed process leaves nothing behind that would have to be waited for or removed.
 *
 * @param directory must exist and be writable
 * @throws {@link DirectoryInUseError} if another process has it
 */
export function lockDirectory(directory: string): DirectoryLock {
  const database = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: CONTENTION });
  const holderFile = join(directory, 'lock.json');
  try {
    // The transaction stays open for as long as the lock is held. It writes nothing, so that there is no journal.
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (isBusy(error)) throw new DirectoryInUseError(directory, readHolder(holderFile));
    throw error;
  }
  writeHolder(holderFile);
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function writeHolder(file: string): void {
  const holder: LockHolder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 });
  renameSync(unfinished, file);
}

function readHolder(file: string): LockHolder | null {
  try {
    const { pid, host, since }: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
    const isComplete = typeof pid === 'number' && typeof host === 'string' && typeof since === 'string';
    return isComplete ? { pid, host, since } : null;
  } catch {
    // It only makes the message better; the lock itself has been decided.
    return null;
  }
}
