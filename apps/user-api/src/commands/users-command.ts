import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { migrate } from '@contract-first/database';
import { CommandFailure, type CommandIo, createCommand, showProgress } from '@contract-first/service';
import type { Command } from 'commander';
import { migrations } from '../storage/migrations.ts';
import { createUserStore } from '../storage/sql-user-store.ts';
import type { UserRow, UserStore } from '../storage/user-store.ts';
import { RejectFile } from './reject-file.ts';
import { importUsers, type Reject, type UserImportSummary } from './user-import.ts';
import { formatUserLine } from './user-line.ts';
import { withDatabase } from './with-database.ts';

const importNotes = `
A line is a JSON:API resource object as the service returns it, for example
  {"type":"User","id":"c0daf39b-4df5-4241-9e7d-b1b85f829090","attributes":{"email":"user@example.com"}}
and is held to the same contract. email is required; attributes that are missing are not set; a missing createdAt is
the time of the import. A record whose id is there already is left as it is, so that an import that was interrupted
can be repeated.
Lines that are refused are written to FILE.rejects.ndjson, for the standard input to rejects.ndjson in this folder, with
their numbers and what is wrong with them.
DATABASE_URL or DATA_DIR says which database. Exit code: 0 if no line was refused, 1 if one was or the import failed.`;

const exportNotes = `
A line is a JSON:API resource object as the service returns it, which users import reads. Versions are not in it:
imported records begin with the first again. Records that are changed meanwhile may be in it before or after the change.
DATABASE_URL or DATA_DIR says which database.`;

/** `users import` and `users export` */
export function usersCommand(io: CommandIo): Command {
  const importing = createCommand('import', io)
    .description('Imports records from a file with one on each line.')
    .argument('<file>', 'the file, or - for the standard input')
    .addHelpText('after', importNotes)
    .action((file: string) => importRecords(file, io));
  const exporting = createCommand('export', io)
    .description('Writes every record to the standard output, one on each line, in the order of their ids.')
    .addHelpText('after', exportNotes)
    .action(() => exportRecords(io));
  return createCommand('users', io)
    .description('Imports and exports the records of users.')
    .addCommand(importing)
    .addCommand(exporting);
}

async function importRecords(file: string, io: CommandIo): Promise<void> {
  const { lines, size, rejectsPath } = await openInput(file, io);
  const rejects = new RejectFile(rejectsPath);
  const progress = showProgress(io.stderr, size);
  try {
    const onReject = (reject: Reject): void => rejects.write(reject);
    const options = { onReject, onProgress: size > 0 ? progress.update : () => undefined };
    const summary = await withUsers(io, (users) => importUsers(lines, users, options));
    progress.end();
    io.stdout.write(describe(summary, rejects.path));
    if (summary.rejected > 0) throw new CommandFailure();
  } catch (error) {
    progress.end();
    if (!(error instanceof CommandFailure && error.message === '')) {
      io.stderr.write('The import is not complete. Repeat it: records that are there already are left as they are.\n');
    }
    throw error;
  } finally {
    rejects.close();
  }
}

interface ImportInput {
  readonly lines: AsyncIterable<Buffer>;
  /** Bytes; 0 if nobody knows. */
  readonly size: number;
  readonly rejectsPath: string;
}

const STANDARD_INPUT = '-';

async function openInput(file: string, { stdin }: CommandIo): Promise<ImportInput> {
  if (file === STANDARD_INPUT) return { lines: stdin, size: 0, rejectsPath: 'rejects.ndjson' };
  const { size } = await stat(file);
  const lines = createReadStream(file, { highWaterMark: 1_048_576 });
  return { lines, size, rejectsPath: `${file}.rejects.ndjson` };
}

function describe({ added, present, rejected }: UserImportSummary, path: string): string {
  const refused = rejected > 0 ? `, ${rejected} refused: see ${path}` : '';
  return `${added} added, ${present} there already${refused}\n`;
}

async function exportRecords(io: CommandIo): Promise<void> {
  await withUsers(io, async (users) => {
    const progress = showProgress(io.stderr, await users.count());
    try {
      await pipeline(exportedLines(users, progress.update), io.stdout, { end: false }).catch(unlessReaderHasGone);
    } finally {
      progress.end();
    }
  });
}

/** A reader such as `head` that has seen enough. The database's own errors have no such code here. */
function unlessReaderHasGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
}

const PAGE = 1_000;

/** One text for each page; the next page is read once it has been written. */
async function* exportedLines(
  users: Pick<UserStore, 'scan'>,
  onProgress: (records: number) => void,
): AsyncGenerator<string> {
  let records = 0;
  let page: readonly UserRow[] = await users.scan(null, PAGE);
  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
    yield page.map(formatUserLine).join('');
    records += page.length;
    onProgress(records);
    page = page.length < PAGE ? [] : await users.scan(last.id, PAGE);
  }
}

function withUsers<T>(io: CommandIo, work: (users: UserStore) => Promise<T>): Promise<T> {
  return withDatabase(io, async (database) => {
    await migrate(database, migrations);
    return work(createUserStore(database));
  });
}
