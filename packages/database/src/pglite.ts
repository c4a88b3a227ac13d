import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { storedJson } from '@contract-first/core';
import { PGlite, type PGliteInterface, types } from '@electric-sql/pglite';
import { type Database, type Row, type Session, withoutValues } from './database.ts';
import { lockDirectory } from './directory-lock.ts';

const settings = {
  // The usual 128 MB of buffers would be taken as a whole.
  startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  parsers: { [types.JSONB]: storedJson },
};

/**
 * Opens the database in a directory, which is made if it is not there and belongs to this process until the database
 * is closed. Committed changes survive the end of the process at any moment, but not the loss of power: PGlite never
 * asks the operating system to write them to the disk.
 *
 * @throws `DirectoryInUseError` if another process has the directory
 */
export async function openPglite(directory: string): Promise<Database> {
  await mkdir(directory, { recursive: true });
  // PGlite makes its files readable by everybody.
  await chmod(directory, 0o700);
  const lock = lockDirectory(directory);
  try {
    const dataDir = join(directory, 'postgresql');
    if (!(await exists(dataDir))) await initialise(directory, dataDir);
    return toDatabase(await PGlite.create({ ...settings, dataDir }), () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Opens a database in memory.
 *
 * @param snapshot from {@link emptySnapshot}; loading it is several times faster than making an empty database
 */
export async function openPgliteInMemory(snapshot?: Blob): Promise<Database> {
  const engine = await PGlite.create({ ...settings, ...(snapshot && { loadDataDir: snapshot }) });
  return toDatabase(engine, () => undefined);
}

/** Makes the snapshot of an empty database. */
export async function emptySnapshot(): Promise<Blob> {
  const engine = await PGlite.create(settings);
  try {
    return await engine.dumpDataDir('none');
  } finally {
    await engine.close();
  }
}

/** Makes the files elsewhere first: a start that is cut short must not leave half a database behind. */
async function initialise(directory: string, dataDir: string): Promise<void> {
  const unfinished = join(directory, 'postgresql.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  const engine = await PGlite.create({ ...settings, dataDir: unfinished });
  await engine.close();
  await rename(unfinished, dataDir);
}

function toDatabase(engine: PGlite, onClosed: () => void): Database {
  return {
    engine: { name: 'PGlite', survivesPowerLoss: false },
    ...session(engine),
    transaction: (work) => engine.transaction((transaction) => work(session(transaction))),
    async close() {
      if (!engine.closed) await engine.close();
      onClosed();
    },
  };
}

function session(engine: Pick<PGliteInterface, 'query'>): Session {
  return {
    async query(statement, values = []) {
      try {
        return (await engine.query<Row>(statement.text, [...values])).rows;
      } catch (error) {
        throw withoutValues(error, statement);
      }
    },
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
