import { expect, test } from 'vitest';
import { readDockerIgnore } from '../../deploy/checks/docker-ignore.ts';

const isIgnored = readDockerIgnore('# all but the packages\n*\n!packages\n!package.json\n**/node_modules\n**/*.env\n');

test.each([
  '.env',
  '.git/config',
  '.data',
  'packages/core/node_modules',
  'packages/core/node_modules/x/y.js',
  'packages/a/1.env',
])('%s is left out', (path) => expect(isIgnored(path)).toBe(true));

test.each(['package.json', 'packages', 'packages/core', 'packages/core/src/index.ts'])('%s is taken', (path) =>
  expect(isIgnored(path)).toBe(false),
);

test('an exception within a folder is refused, because the folder is not looked into', () => {
  expect(() => readDockerIgnore('*\n!packages/core\n')).toThrow('!packages/core');
});
