import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@contract-first/release';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A clone, as far as it matters here. */
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'environment-'));
  mkdirSync(join(folder, 'scripts'));
  cpSync(`${root}scripts/environment.js`, join(folder, 'scripts/environment.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'main.ts'), 'console.log("started", process.env["GREETING"] as unknown);\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function start() {
  const args = ['--import', './scripts/environment.js', 'main.ts'];
  return execa(process.execPath, args, { cwd: folder, reject: false });
}

function install(): void {
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
}

test('before npm ci a program says in one sentence what to run', async () => {
  const { exitCode, stdout, stderr } = await start();
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/dependencies are not installed\. Run: npm ci$/)]);
});

test('a program reads the variables of .env', async () => {
  install();
  writeFileSync(join(folder, '.env'), 'GREETING=hello\n');
  expect((await start()).stdout).toBe('started hello');
});

test('a program starts without .env', async () => {
  install();
  expect((await start()).stdout).toBe('started undefined');
});
