import { Command, CommanderError } from 'commander';
import { ConfigurationError, type Environment } from '../configuration/environment.ts';
import type { ProgressOutput } from './progress.ts';

/** What a command uses of its process. */
export interface CommandIo {
  readonly stdin: AsyncIterable<Buffer>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & ProgressOutput;
  readonly environment: Environment;
  readonly fetch: (url: URL | string, init: RequestInit) => Promise<Response>;
}

/** Ends a command with an exit code. Without a message, the command has said itself what there is to say. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: number;

  constructor(message = '', exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Makes a command that writes to the given streams, and that {@link runCommand} can end. */
export function createCommand(name: string, { stdout, stderr }: Pick<CommandIo, 'stdout' | 'stderr'>): Command {
  return new Command(name).exitOverride().configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
  });
}

/** A reader that has seen enough, such as `head`, is no failure (EPIPE of the standard output). */
const GONE = 'EPIPE';

const WRONG_USAGE = 2;

/**
 * Runs a command to its end. Each failure becomes one message on the standard error.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 if it did what it says, 1 or what a {@link CommandFailure} says if not, 2 for wrong usage
 */
export async function runCommand(command: Command, argv: readonly string[], io: CommandIo): Promise<number> {
  try {
    await command.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (error instanceof Error && 'code' in error && error.code === GONE) return 0;
    const message = reasonOf(error);
    if (message !== '') io.stderr.write(`${message}\n`);
    return error instanceof CommandFailure ? error.exitCode : 1;
  }
}

/** Why something failed, for the operator. An error may have its reason in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error.cause instanceof Error ? `${error.message} (${reasonOf(error.cause)})` : error.message;
}
