import { migrate } from '@contract-first/database';
import { defineCommand } from '@contract-first/service';
import { migrations } from '../storage/migrations.ts';
import { withDatabase } from './with-database.ts';

const usage = `Brings the schema of the database up to date, in one transaction, and prints the steps that it took.

Usage: user-api migrate

  --help    this text

serve does the same when it starts; this is for who wants it done before, or by another role of the database.
DATABASE_URL or DATA_DIR tells which database. Exit code: 0 if the schema is up to date, 1 if it is not.
`;

/** Runs `migrate`. */
export const runMigrateCommand = defineCommand(usage, 0, (_, io) =>
  withDatabase(io, async (database) => {
    const taken = await migrate(database, migrations);
    io.stdout.write(taken.length === 0 ? 'The schema is up to date.\n' : `Took: ${taken.join(', ')}\n`);
    return 0;
  }),
);
