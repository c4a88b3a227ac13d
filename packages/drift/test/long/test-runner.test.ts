import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@contract-first/release';
import { afterAll, expect, test } from 'vitest';
import { TestRunner } from '../../src/gates/test-runner.ts';
import { removeTree } from '../../src/run/copy.ts';
import { Tree } from '../../src/run/tree.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'user-api-runner-'));
const runner = new TestRunner(folder, 'sums', () => {});
const shared = new TestRunner(folder, 'products', () => {});

for (const owner of ['sums', 'products']) mkdirSync(join(folder, owner));
symlinkSync(`${root}node_modules`, join(folder, 'node_modules'));
new Tree(folder).change({
  'package.json': '{ "type": "module" }\n',
  'sums/vitest.config.ts': 'export default { test: { include: ["test/*.test.ts"], isolate: false } };\n',
  'sums/src/one.ts': 'export const one: number = 1;\n',
  'sums/src/two.ts': "import { one } from './one.ts';\nexport const two = (): number => one + one;\n",
  'sums/test/two.test.ts': [
    "import { expect, test } from 'vitest';",
    "import { two } from '../src/two.ts';",
    "test('two is 2', () => expect(two()).toBe(2));",
    '',
  ].join('\n'),
  'sums/test/other.test.ts': "import { test } from 'vitest';\ntest('nothing', () => {});\n",
  'vitest.config.ts': 'export default { define: { FACTOR: "3" } };\n',
  'products/test/product.test.ts':
    "import { expect, test } from 'vitest';\ntest('the factor is 2', () => expect(FACTOR).toBe(2));\n",
});

afterAll(async () => {
  await runner.close();
  await shared.close();
  removeTree(folder);
});

async function failureWith(files: Readonly<Record<string, string>>, name = 'two'): Promise<string | null> {
  const mutant = new Tree(folder);
  mutant.change(files);
  await runner.invalidate(Object.keys(files));
  const { failure } = await runner.run([`sums/test/${name}.test.ts`]);
  await runner.invalidate(mutant.restore());
  return failure && `${failure.file}: ${failure.title}`;
}

test('each run sees the sources as they are then, those behind other ones too', async () => {
  const broken = { 'sums/src/one.ts': 'export const one: number = 3;\n' };
  const harmless = { 'sums/src/one.ts': 'export const one: number = 0 + 1;\n' };
  const failure = 'sums/test/two.test.ts: two is 2';
  expect(await failureWith(harmless)).toBe(null);
  expect(await failureWith(broken)).toBe(failure);
  expect(await failureWith({})).toBe(null);
  expect(await failureWith(broken)).toBe(failure);
  expect(await failureWith({ 'sums/src/two.ts': 'export const two = ;\n' })).toContain('the file failed: ');
  expect(await failureWith({})).toBe(null);
});

test('the failure of an earlier run is not one of this run', async () => {
  expect(await failureWith({ 'sums/src/one.ts': 'export const one = 3;\n' })).toBe('sums/test/two.test.ts: two is 2');
  expect(await failureWith({}, 'other')).toBe(null);
});

test('only the tests with such a title are run, if one is given', async () => {
  const broken = new Tree(folder);
  broken.change({ 'sums/src/one.ts': 'export const one: number = 3;\n' });
  await runner.invalidate(['sums/src/one.ts']);
  const file = 'sums/test/two.test.ts';
  expect(await runner.run([file], /\bthree\b/)).toMatchObject({ failure: null });
  expect(await runner.run([file], /\btwo\b/)).toMatchObject({ failure: { title: 'two is 2' } });
  expect(await runner.run([file])).toMatchObject({ failure: { title: 'two is 2' } });
  await runner.invalidate(broken.restore());
});

test('a package without a configuration of its own has that of the top level', async () => {
  const { failure } = await shared.run(['products/test/product.test.ts']);
  expect(failure).toEqual({ file: 'products/test/product.test.ts', title: 'the factor is 2' });
});
