import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@contract-first/release';
import { afterAll, expect, test } from 'vitest';
import { copyTree, removeTree } from '../src/run/copy.ts';
import { Tree } from '../src/run/tree.ts';

const folder = copyTree(root);
const tree = new Tree(folder);
afterAll(() => removeTree(folder));

test('a copy has the sources, and no history', () => {
  expect(tree.read('openapi.yaml')).toBe(readFileSync(`${root}openapi.yaml`, 'utf8'));
  expect(existsSync(join(folder, '.git'))).toBe(false);
});

test('our own packages are those of the copy, installed ones those of the original', () => {
  expect(realpathSync(join(folder, 'node_modules/@contract-first/server'))).toBe(join(folder, 'packages/server'));
  expect(realpathSync(join(folder, 'node_modules/fastify'))).toBe(realpathSync(`${root}node_modules/fastify`));
});

test('a change is taken back, and a file that it made is removed', () => {
  const before = tree.read('openapi.yaml');
  tree.change({ 'openapi.yaml': 'one', 'new/file.ts': 'two' });
  tree.change({ 'openapi.yaml': 'three' });
  expect([tree.read('openapi.yaml'), tree.read('new/file.ts')]).toEqual(['three', 'two']);
  expect(tree.restore()).toEqual(['openapi.yaml', 'new/file.ts']);
  expect(tree.read('openapi.yaml')).toBe(before);
  expect(existsSync(tree.path('new/file.ts'))).toBe(false);
});
