import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packages, root } from '@contract-first/release';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

/** What npm writes while it installs a package for a Node that does not exist, with the settings of a folder. */
async function installForOtherNode(npmrc: string | null): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'user-api-engines-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'later'));
  const manifest = { name: 'later', version: '1.0.0', engines: { node: '>=999' } };
  writeFileSync(join(folder, 'later/package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { later: 'file:later' } }));
  if (npmrc !== null) copyFileSync(npmrc, join(folder, '.npmrc'));
  // The level of the npm that runs the tests must not be that of the one which is tried.
  const env = { npm_config_loglevel: undefined };
  return (await execa('npm', ['install', '--offline'], { cwd: folder, env, all: true })).all;
}

test('installing says nothing of dependencies that only the programs for Node 24 need', async () => {
  expect(await installForOtherNode(null)).toContain('EBADENGINE');
  expect(await installForOtherNode(join(root, '.npmrc'))).not.toContain('EBADENGINE');
});

test('what the client consists of runs on every Node that the README names, and says so', () => {
  const manifests = packages().map(({ manifest }) => manifest);
  const engine = (name: string) => manifests.find((manifest) => manifest.name === name)?.engines?.node;
  expect(['@contract-first/client', '@contract-first/core', '@user-api/contract'].map(engine)).toEqual(
    Array.from({ length: 3 }, () => '>=20'),
  );
});
