import { readFileSync } from 'node:fs';
import { copyRepository } from '@contract-first/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { contractFile } from '../src/release.ts';
import { raiseVersions } from '../src/version-files.ts';
import { packages, root } from '../src/workspace.ts';

const name = '@user-api/contract';

test('a version is raised in the contract, in its package, wherever it is named, and in the lock file', () => {
  using copy = copyRepository(root);
  const folder = `${copy.folder}/`;
  const before = readFileSync(folder + contractFile, 'utf8');
  const written = raiseVersions(
    [
      { what: contractFile, found: '1.0.0', least: '9.1.0' },
      { what: name, found: '0.1.0', least: '0.9.0' },
    ],
    folder,
  );
  const after = readFileSync(folder + contractFile, 'utf8');
  expect(parse(after)).toEqual({ ...parse(before), info: { ...parse(before).info, version: '9.1.0' } });
  expect(after.split('\n').length).toBe(before.split('\n').length);
  expect(written).toEqual(
    expect.arrayContaining([contractFile, 'package-lock.json', 'packages/contract/package.json']),
  );
  for (const { manifest } of packages(folder)) {
    if (manifest.name === name) expect(manifest.version).toBe('0.9.0');
    for (const list of [manifest.dependencies, manifest.devDependencies]) {
      if (list?.[name] !== undefined) expect(list[name]).toBe('0.9.0');
    }
  }
  expect(readFileSync(`${folder}package-lock.json`, 'utf8')).not.toContain(`"${name}": "0.1.0"`);
});
