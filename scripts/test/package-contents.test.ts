import { expect, test } from 'vitest';
import { missingTargets, strayFiles } from '../package-contents.ts';

const exports = {
  '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
  './formats': './dist/formats.js',
};

function packed(...paths: string[]) {
  return { name: 'p', filename: 'p.tgz', size: 1, files: paths.map((path) => ({ path })) };
}

test('a package holds every file that it exports, the sources aside', () => {
  const complete = packed('package.json', 'dist/index.js', 'dist/index.d.ts', 'dist/formats.js');
  expect(missingTargets(exports, complete)).toEqual([]);
  expect(missingTargets(exports, packed('package.json', 'dist/index.js'))).toEqual([
    './dist/index.d.ts',
    './dist/formats.js',
  ]);
});

test('a package without exports is incomplete', () => {
  expect(missingTargets(undefined, packed('package.json'))).toEqual(['nothing']);
});

test('a package holds nothing but what was built', () => {
  expect(strayFiles(packed('package.json', 'README.md', 'LICENSE', 'dist/a.js'))).toEqual([]);
  expect(strayFiles(packed('package.json', 'test/a.test.ts', '.env'))).toEqual(['test/a.test.ts', '.env']);
});
