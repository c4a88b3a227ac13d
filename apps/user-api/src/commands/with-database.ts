import { type Database, openDatabase, type PostgresLimits } from '@contract-first/database';
import type { CommandIo } from '@contract-first/service';
import { readConfiguration } from '../configuration/configuration.ts';

/** Nobody waits for a command as for a request. Milliseconds. */
const patience: PostgresLimits = {
  connect: 10_000,
  lock: 30_000,
  statement: 60_000,
  answer: 70_000,
  idleTransaction: 60_000,
};

/**
 * Opens the configured database for the time of some work.
 *
 * @throws ConfigurationError if the configuration is not valid
 */
export async function withDatabase<T>(
  { environment, stderr }: CommandIo,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const { storage } = readConfiguration(environment);
  const onConnectionError = (error: Error): void => void stderr.write(`A connection was lost: ${error.message}\n`);
  const database = await openDatabase(storage, { limits: patience, onConnectionError });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
