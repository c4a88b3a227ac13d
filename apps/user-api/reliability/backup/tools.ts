import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Runs a program to its end, with nothing of the environment that could lead it to another database.
 *
 * @returns what it printed
 * @throws {Error} with what it complained about
 */
export function runTool(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, LC_ALL: 'C.UTF-8', ...environment };
  try {
    return execFileSync(program, args, { env, encoding: 'utf8', maxBuffer: 1_073_741_824, stdio: 'pipe' });
  } catch (cause) {
    const complaint = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new Error(`${basename(program)} failed: ${complaint.trim()}`, { cause });
  }
}
