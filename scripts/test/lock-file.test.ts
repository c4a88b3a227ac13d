import { readFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { expect, test } from 'vitest';

test('npm install leaves package-lock.json as it is, whichever npm wrote it', () => {
  const lines = readFileSync(`${root}package-lock.json`, 'utf8').split('\n');
  // npm 11 writes the member and leaves a file without it alone; npm 10 takes it out.
  const written = lines.filter((line) => line.includes('"libc": ['));
  expect(written, 'run: npx npm@10 install --package-lock-only').toEqual([]);
});
