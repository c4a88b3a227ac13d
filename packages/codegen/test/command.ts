import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { runCommand } from '../src/command.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Runs the command line as npm scripts do. */
export async function codegenProcess(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], { cwd });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, out, err };
}

/** Runs the command line in this process, which need not load the generator each time. One after the other only. */
export async function codegen(cwd: string, ...args: readonly string[]) {
  const before = process.cwd();
  let [out, err] = ['', ''];
  process.chdir(cwd);
  try {
    const code = await runCommand('1.2.3', args, {
      out: (part) => {
        out += part;
      },
      error: (part) => {
        err += part;
      },
    });
    return { code, out, err };
  } finally {
    process.chdir(before);
  }
}

/** An empty directory that is removed after the test. */
export async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'codegen-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}
