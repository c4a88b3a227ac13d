import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';

/** A program of this folder, as it explains itself. */
export function createProgram(name: string, description: string): Command {
  return new Command(`npm run ${name} --`).description(description);
}

/**
 * Runs a program that has to clean up after itself, also when it is interrupted. The process exits with 0, 1, or 130
 * after an interruption.
 *
 * @param run resolves to whether all was well; has to end soon after the signal is aborted
 * @typeParam Options what the options of the command parse to
 */
export async function runProgram<Options>(
  command: Command,
  run: (options: Options, signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const interruption = new AbortController();
  await command
    .action(async (options: Options) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(name, () => {
          if (!interruption.signal.aborted) console.error('\nCleaning up …');
          interruption.abort();
        });
      }
      process.exitCode = (await run(options, interruption.signal)) ? 0 : 1;
    })
    .parseAsync()
    .catch((error: unknown) => {
      process.exitCode = interruption.signal.aborted ? 130 : 1;
      if (!interruption.signal.aborted) console.error(error instanceof Error ? error.message : error);
    });
}

/** The value of an option that counts something: a whole number from 1 to 99999. */
export function count(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
}

/** The value of an option that is a decimal number above 0. */
export function decimal(text: string): number {
  const number = /^\d{0,4}(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw new InvalidArgumentError('It must be a number above 0, such as 3 or 0.5.');
}

/** Settings of what is started, by name. */
export type Settings = Readonly<Record<string, string>>;

/** Collects the values of an option that may be repeated, each NAME=VALUE. */
export function setting(text: string, before: Settings = {}): Settings {
  const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('It must be NAME=VALUE.');
  return { ...before, [name]: value };
}

/** What chance depends on, if it is not given: another one each time. */
export function randomSeed(): string {
  return String(randomInt(1_000_000));
}
