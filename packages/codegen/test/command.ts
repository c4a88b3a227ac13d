import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Runs the command line as npm scripts do. */
export async function codegen(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], { cwd });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, out, err };
}

/** An empty directory that is removed after the test. */
export async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'codegen-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}
