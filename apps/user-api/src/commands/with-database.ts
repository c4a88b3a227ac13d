import {
  classify,
  type Database,
  DatabaseUnavailableError,
  openDatabase,
  type PostgresLimits,
  type StorageLocation,
} from '@contract-first/database';
import { CommandFailure, type CommandIo, reasonOf } from '@contract-first/service';
import { readConfiguration } from '../configuration/configuration.ts';

/** An operator waits longer for a command than a client does for a request. Milliseconds. */
const limits: PostgresLimits = {
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
 * @throws CommandFailure that names the variable, if the database cannot be reached
 */
export async function withDatabase<T>(
  { environment, stderr }: CommandIo,
  work: (database: Database, location: StorageLocation) => Promise<T>,
): Promise<T> {
  const { storage } = readConfiguration(environment);
  const onConnectionError = (error: Error): void => void stderr.write(`A connection was lost: ${error.message}\n`);
  try {
    const database = await openDatabase(storage, { limits, onConnectionError });
    try {
      return await work(database, storage);
    } finally {
      await database.close();
    }
  } catch (error) {
    throw unreachable(error, storage) ?? error;
  }
}

/** What to tell an operator whose database is out of reach; null for every other error. */
export function unreachable(error: unknown, { kind }: StorageLocation): CommandFailure | null {
  const reason = error instanceof DatabaseUnavailableError ? error.cause : error;
  if (kind === 'pglite' || classify(reason) !== 'unavailable') return null;
  return new CommandFailure(`DATABASE_URL: the database cannot be reached: ${reasonOf(reason)}`);
}
