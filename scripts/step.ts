import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { root } from '@contract-first/release';

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
export async function runStep(step: Step): Promise<Outcome> {
  const start = performance.now();
  const stopProgress = showProgress(step.name, start);
  const { passed, output } = await runCommand(step);
  stopProgress();
  const seconds = (performance.now() - start) / 1000;
  const log = writeLog(step.name, output);
  console.log(`${passed ? '✓' : '✗'} ${step.name} ${seconds.toFixed(1)} s`);
  if (passed && step.isShown) console.log(output.trimEnd());
  if (!passed) console.log(`\n${output.trimEnd()}\n\n${step.name} failed. The output above is kept in ${log}.\n`);
  return { name: step.name, passed, seconds, log };
}

function runCommand({ command, args }: Step): Promise<{ passed: boolean; output: string }> {
  const path = `${root}node_modules/.bin:${process.env['PATH']}`;
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...quiet, PATH: path } });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(new Error(`${command} could not be started. Run npm ci.`, { cause })));
    child.on('close', (code) => resolve({ passed: code === 0, output: textOf(chunks) }));
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return stripVTControlCharacters(Buffer.concat(chunks).toString());
}

/** Returns the file's path relative to the top level. */
function writeLog(name: string, output: string): string {
  const file = `.reports/${name.replaceAll(/[^\w]+/g, '-')}.log`;
  mkdirSync(`${root}.reports`, { recursive: true });
  writeFileSync(root + file, output);
  return file;
}

function showProgress(name: string, start: number): () => void {
  if (!process.stdout.isTTY) return () => {};
  const show = (): void => {
    process.stdout.write(`\r… ${name} ${Math.round((performance.now() - start) / 1000)} s`);
  };
  const timer = setInterval(show, 1000);
  show();
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\u001B[2K');
  };
}
