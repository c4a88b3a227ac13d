import { ConfigurationError, type Environment } from '../configuration/environment.ts';
import type { ProgressOutput } from './progress.ts';

/** What a command of an operator uses of its process. */
export interface CommandIo {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & ProgressOutput;
  readonly environment: Environment;
  readonly fetch: (url: URL | string, init: RequestInit) => Promise<Response>;
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
