import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type CommandIo, runCommand } from '@contract-first/service';
import type { Command } from 'commander';

const main = join(import.meta.dirname, '../../src/main.ts');

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `user-api` as a process of its own, with no environment but the given one and what Node needs to start, and to
 * start fast.
 */
export async function runCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { input, cwd }: { readonly input?: string; readonly cwd?: string } = {},
): Promise<CommandResult> {
  const { NODE_COMPILE_CACHE = '', PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], {
    env: { NODE_COMPILE_CACHE, PATH, ...environment },
    ...(cwd !== undefined && { cwd }),
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

/** Runs `user-api` with a reader that takes the first line and goes away, as `head -1` does. */
export async function firstLineOf(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly lines: number; readonly stderr: string }> {
  const { NODE_COMPILE_CACHE = '', PATH = '' } = process.env;
  const env = { NODE_COMPILE_CACHE, PATH, ...environment };
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], { env });
  const errors = text(child.stderr);
  const closed = once(child, 'close');
  let lines = 0;
  for await (const _line of createInterface(child.stdout)) {
    lines += 1;
    child.stdout.destroy();
    break;
  }
  const [code] = await closed;
  return { code, lines, stderr: await errors };
}

/** Runs a command in this process, which is several times faster. */
export async function runInProcess(
  make: (io: CommandIo) => Command,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const texts = Promise.all([text(stdout), text(stderr)]);
  const io: CommandIo = { stdin: Readable.from([]), stdout, stderr, environment, fetch };
  const code = await runCommand(make(io), args, io);
  stdout.end();
  stderr.end();
  const [output, errors] = await texts;
  return { code, stdout: output, stderr: errors };
}
