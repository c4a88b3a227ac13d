import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from './workspace.ts';

/** What a command wrote, and how it ended. */
interface Ended {
  readonly error: Error | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of Redocly at the top level, whatever its exit code. */
export function redocly(...args: readonly string[]): Promise<Ended> {
  const cli = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const options = { cwd: root, env, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
  });
}

/**
 * Runs a command of Redocly that prints JSON. It also exits with 1 when it prints what it found.
 *
 * @returns what it printed; the shape is the caller's business
 * @throws {Error} with its complaint if it printed no JSON
 */
export async function redoclyJson(...args: readonly string[]): Promise<unknown> {
  const { error, stdout, stderr } = await redocly(...args, '--format', 'json');
  if (stdout.startsWith('{')) return JSON.parse(stdout);
  throw new Error(`redocly ${args[0]} printed no report:\n${stderr}`, { cause: error });
}
