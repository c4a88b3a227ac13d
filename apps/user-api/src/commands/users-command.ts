import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { migrate } from '@contract-first/database';
import { type Command, type CommandIo, defineCommand, showProgress } from '@contract-first/service';
import { migrations } from '../storage/migrations.ts';
import { createUserStore } from '../storage/sql-user-store.ts';
import type { UserRow, UserStore } from '../storage/user-store.ts';
import { RejectFile } from './reject-file.ts';
import { importUsers, type UserImportSummary } from './user-import.ts';
import { formatUserLine } from './user-line.ts';
import { withDatabase } from './with-database.ts';

const usage = `Imports and exports the records of users.

Usage: user-api users import FILE
       user-api users export > FILE

  --help    this text; also of import and export

DATABASE_URL or DATA_DIR tells which database.
`;

const importUsage = `Imports records from a file with one on each line.

Usage: user-api users import FILE

  --help    this text

A line is a JSON:API resource object as the service returns it, for example
  {"type":"User","id":"c0daf39b-4df5-4241-9e7d-b1b85f829090","attributes":{"email":"user@example.com"}}
and is held to the same contract. email is required; attributes that are missing are not set; a missing createdAt is
the time of the import. A record whose id is there already is left as it is, so that an import that was interrupted
can be repeated.
Lines that are refused are written to FILE.rejects.ndjson, with their numbers and what is wrong with them.
Exit code: 0 if no line was refused, 1 if one was or the import failed, 2 for wrong arguments.
`;

const exportUsage = `Writes every record to the standard output, one on each line, in the order of their ids.

Usage: user-api users export > FILE

  --help    this text

A line is a JSON:API resource object as the service returns it, which users import reads. Versions are not in it:
imported records begin with the first again. Records that are changed meanwhile may be in it before or after the change.
`;

/** Runs `users import` and `users export`. */
export const runUsersCommand: Command = (argv, io) => {
  const [action, ...rest] = argv;
  if (action === 'import') return runImport(rest, io);
  if (action === 'export') return runExport(rest, io);
  return defineCommand(usage, 0, async () => {
    io.stderr.write(`import or export is missing.\n\n${usage}`);
    return 2;
  })(argv, io);
};

const runImport = defineCommand(importUsage, 1, async ([file = ''], io) => {
  const { size } = await stat(file);
  const rejects = new RejectFile(`${file}.rejects.ndjson`);
  const progress = showProgress(io.stderr, size);
  try {
    const summary = await withUsers(io, (users) =>
      importUsers(createReadStream(file, { highWaterMark: 1_048_576 }), users, {
        onReject: (reject) => rejects.write(reject),
        onProgress: progress.update,
      }),
    );
    progress.end();
    io.stdout.write(describe(summary, rejects.path));
    return summary.rejected > 0 ? 1 : 0;
  } catch (error) {
    progress.end();
    io.stderr.write('The import is not complete. Repeat it: records that are there already are left as they are.\n');
    throw error;
  } finally {
    rejects.close();
  }
});

function describe({ added, present, rejected }: UserImportSummary, path: string): string {
  const refused = rejected > 0 ? `, ${rejected} refused: see ${path}` : '';
  return `${added} added, ${present} there already${refused}\n`;
}

const runExport = defineCommand(exportUsage, 0, async (_, io) => {
  await withUsers(io, async (users) => {
    const progress = showProgress(io.stderr, await users.count());
    await pipeline(exportedLines(users, progress.update), io.stdout, { end: false });
    progress.end();
  });
  return 0;
});

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
