import { mkdirSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { root } from '@contract-first/release';
import { execa } from 'execa';
import ora from 'ora';

/** A command that has to succeed. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /**
   * Whether what the command wrote is shown if it succeeded, too.
   *
   * @default false
   */
  readonly isShown?: boolean;
}

export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** The file that has what the command wrote, relative to the top level. */
  readonly log: string;
}

/** Tools that would talk to their makers, or about their next versions. */
const quiet = {
  DO_NOT_TRACK: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};

/**
 * Runs a step and prints one line about it. What the command wrote is kept in `.reports/NAME.log`, and printed if the
 * command failed.
 *
 * @throws {Error} if the command could not be started
 */
export async function runStep({ name, command, args, isShown = false }: Step): Promise<Outcome> {
  const spinner = ora({ text: name, isSilent: !process.stdout.isTTY }).start();
  const options = { cwd: root, env: quiet, preferLocal: true, localDir: root, all: true, reject: false } as const;
  const { failed, code, all, durationMs } = await execa(command, args, options);
  spinner.stop();
  if (code === 'ENOENT') throw new Error(`${command} could not be started. Run npm ci.`);
  const output = stripVTControlCharacters(all).trimEnd();
  const log = writeLog(name, output);
  const seconds = durationMs / 1000;
  console.log(`${failed ? '✗' : '✓'} ${name} ${seconds.toFixed(1)} s`);
  if (!failed && isShown) console.log(output);
  if (failed) console.log(`\n${output}\n\n${name} failed. The output above is kept in ${log}.\n`);
  return { name, passed: !failed, seconds, log };
}

/** Returns the file's path relative to the top level. */
function writeLog(name: string, output: string): string {
  const file = `.reports/${name.replaceAll(/[^\w]+/g, '-')}.log`;
  mkdirSync(`${root}.reports`, { recursive: true });
  writeFileSync(root + file, `${output}\n`);
  return file;
}
