import { migrate } from '@contract-first/database';
import { type CommandIo, createCommand } from '@contract-first/service';
import type { Command } from 'commander';
import { migrations } from '../storage/migrations.ts';
import { withDatabase } from './with-database.ts';

const notes = `
serve does the same when it starts; this is for who wants it done before, or by another role of the database.
DATABASE_URL or DATA_DIR says which database. Exit code: 0 if the schema is up to date, 1 if it is not.`;

/** `migrate` */
export function migrateCommand(io: CommandIo): Command {
  return createCommand('migrate', io)
    .description('Brings the schema of the database up to date, in one transaction, and prints the steps that it took.')
    .addHelpText('after', notes)
    .action(async () => {
      const taken = await withDatabase(io, (database) => migrate(database, migrations));
      io.stdout.write(taken.length === 0 ? 'The schema is up to date.\n' : `Took: ${taken.join(', ')}\n`);
    });
}
