import type { ProgressOutput } from '../check-data/progress.ts';
import { ConfigurationError, type Environment, readConfiguration } from '../configuration/configuration.ts';
import type { Fetch } from '../identity/provider-document.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import type { PostgresLimits } from '../storage/postgres.ts';

/** What a command of an operator uses of its process. */
export interface CommandIo {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & ProgressOutput;
  readonly environment: Environment;
  readonly fetch: Fetch;
}

/**
 * A command.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 if it did what it says, 1 if it could not, 2 for wrong arguments
 */
export type Command = (argv: readonly string[], io: CommandIo) => Promise<number>;

/** Makes a command that explains itself, counts its arguments and tells its failures. */
export function defineCommand(usage: string, argumentCount: number, run: Command): Command {
  return async (argv, io) => {
    if (argv.includes('--help')) {
      io.stdout.write(usage);
      return 0;
    }
    const problem = argumentProblem(argv, argumentCount);
    if (problem !== null) {
      io.stderr.write(`${problem}\n\n${usage}`);
      return 2;
    }
    try {
      return await run(argv, io);
    } catch (error) {
      io.stderr.write(`${reasonOf(error)}\n`);
      return 1;
    }
  };
}

function argumentProblem(argv: readonly string[], count: number): string | null {
  const unknown = argv.find((argument) => argument.startsWith('-')) ?? argv[count];
  if (unknown !== undefined) return `Unknown argument: ${unknown}`;
  return argv.length < count ? 'An argument is missing.' : null;
}

/** Why something failed, for the operator. An outage has its reason in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error.cause instanceof Error ? `${error.message} (${reasonOf(error.cause)})` : error.message;
}

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
