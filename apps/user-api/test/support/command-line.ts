import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from '@contract-first/service';

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
): Promise<CommandResult> {
  const { NODE_COMPILE_CACHE = '', PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], {
    env: { NODE_COMPILE_CACHE, PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

/** Runs a command in this process, which is several times faster. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const texts = Promise.all([text(stdout), text(stderr)]);
  const code = await command(args, { stdout, stderr, environment, fetch });
  stdout.end();
  stderr.end();
  const [output, errors] = await texts;
  return { code, stdout: output, stderr: errors };
}
