import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { packages } from '../workspace.ts';
import { type Copy, copyRepository } from './copy.ts';

/** Which tasks a change makes turbo run again, instead of replaying an earlier pass. */

interface DryRun {
  readonly tasks: readonly { readonly taskId: string; readonly hash: string; readonly command: string }[];
}

const tasks = ['generate:check', 'lint', 'typecheck', 'typecheck:scripts', 'test', 'test:scripts', 'build'];

/** The task of every package that has it. */
function all(task: string): string[] {
  const having = packages().filter(({ manifest }) => manifest.scripts?.[task] !== undefined);
  return having.map(({ manifest }) => `${manifest.name}#${task}`);
}

let copy: Copy;
let before: ReadonlyMap<string, string>;

beforeAll(() => {
  copy = copyRepository();
  before = hashes();
});

afterAll(() => {
  vi.unstubAllEnvs();
  copy[Symbol.dispose]();
});

function hashes(): Map<string, string> {
  // The shape is turbo's own; a test that reads a wrong one fails.
  const { tasks: planned } = JSON.parse(copy.turbo('run', ...tasks, '--dry=json').output) as DryRun;
  const real = planned.filter(({ command }) => command !== '<NONEXISTENT>');
  return new Map(real.map(({ taskId, hash }) => [taskId, hash]));
}

/** The tasks that run again, compared with the state before; that state is the new one afterwards. */
function rerunAfter(change: () => void): string[] {
  change();
  const after = hashes();
  const changed = [...after].filter(([task, hash]) => before.get(task) !== hash).map(([task]) => task);
  before = after;
  return changed;
}

test('without a change nothing runs again', () => {
  expect(rerunAfter(() => {})).toEqual([]);
});

test('openapi.yaml: the comparison of generated files, the linters and all tests', () => {
  const rerun = rerunAfter(() => copy.append('openapi.yaml', '\n'));
  expect(rerun).toEqual(expect.arrayContaining(['//#generate:check', '//#lint', ...all('test')]));
});

test('a source of core: its own tasks and those of every package that imports it', () => {
  const rerun = rerunAfter(() => copy.append('packages/core/src/index.ts', '\n'));
  const dependents = ['core', 'codegen', 'server', 'client', 'app'].map((name) => `@user-api/${name}`);
  const expected = dependents.flatMap((name) => [`${name}#test`, `${name}#typecheck`, `${name}#build`]);
  expect(rerun).toEqual(expect.arrayContaining([...expected, '//#generate:check', '//#lint']));
});

test('a test of core: only its own tasks', () => {
  const rerun = rerunAfter(() => copy.write('packages/core/test/new.test.ts', '\n'));
  expect(rerun.filter((task) => !task.startsWith('//'))).toEqual(['@user-api/core#test', '@user-api/core#typecheck']);
});

test('a generated file: the comparison, and the tests of the app', () => {
  const rerun = rerunAfter(() => copy.append('packages/contract/src/types.gen.ts', '\n'));
  const expected = [
    '//#generate:check',
    '@user-api/contract#typecheck',
    '@user-api/app#test',
    '@user-api/app#typecheck',
  ];
  expect(rerun).toEqual(expect.arrayContaining(expected));
});

test.each(['tsconfig.base.json', 'package-lock.json'])('%s: everything', (file) => {
  expect(rerunAfter(() => copy.append(file, '\n')).sort()).toEqual([...before.keys()].sort());
});

test('vitest.shared.ts: all tests', () => {
  expect(rerunAfter(() => copy.append('vitest.shared.ts', '\n'))).toEqual(expect.arrayContaining(all('test')));
});

test('redocly.yaml: the linters and the tests of the rules', () => {
  const rerun = rerunAfter(() => copy.append('redocly.yaml', '\n'));
  expect(rerun).toEqual(expect.arrayContaining(['//#lint', '@user-api/lint#test']));
});

test('another database: all tests', () => {
  const rerun = rerunAfter(() => vi.stubEnv('TEST_DATABASE_URL', 'postgres://127.0.0.1/other'));
  expect(rerun.sort()).toEqual(all('test').sort());
});
