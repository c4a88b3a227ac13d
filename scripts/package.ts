import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packages, root } from '@contract-first/release';
import { missingTargets, type PackedPackage, strayFiles } from './package-contents.ts';

/**
 * Packs every package that could be published and looks into it. Then installs core, contract and client outside of the
 * workspace, and type-checks and runs a program that uses them. Needs `npm run build` before.
 */

const installed = ['@contract-first/core', '@user-api/contract', '@contract-first/client'];

const folder = mkdtempSync(join(tmpdir(), 'user-api-package-'));
try {
  const packed = pack(folder);
  for (const one of packed) assertComplete(one);
  const tarballs = packed.filter(({ name }) => installed.includes(name)).map(({ filename }) => join(folder, filename));
  useFromOutside(folder, tarballs);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(destination: string): PackedPackage[] {
  const publishable = packages().filter(({ manifest, folder }) => !manifest.private && folder.startsWith('packages/'));
  const workspaces = publishable.map(({ manifest }) => `--workspace=${manifest.name}`);
  const output = run('npm', ['pack', '--json', `--pack-destination=${destination}`, ...workspaces], root);
  // The shape is npm's own: a list, or from npm 12 on an object by name.
  return Object.values(JSON.parse(output) as Record<string, PackedPackage>);
}

function assertComplete(packed: PackedPackage): void {
  const manifest = packages().find(({ manifest }) => manifest.name === packed.name)?.manifest;
  const missing = missingTargets(manifest?.exports, packed);
  if (missing.length > 0) throw new Error(`${packed.name} exports ${missing.join(', ')}, which it does not hold.`);
  const stray = strayFiles(packed);
  if (stray.length > 0) throw new Error(`${packed.name} holds ${stray.join(', ')}, which nobody needs.`);
  console.log(`✓ ${packed.name} is complete: ${packed.files.length} files, ${Math.ceil(packed.size / 1024)} KiB`);
}

function useFromOutside(outside: string, tarballs: readonly string[]): void {
  cpSync(`${root}scripts/consumer`, outside, { recursive: true });
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], outside);
  run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', '.'], outside);
  console.log('✓ a program outside of the workspace compiles');
  run(process.execPath, ['main.mjs'], outside);
  console.log('✓ and talks to a server');
}

/** Returns what the command printed; what it complains about is shown. */
function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args[0]} failed:\n${stdout}`, { cause: error });
}
