import { randomUUID } from 'node:crypto';
import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@contract-first/testing';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { usersCommand } from '../../src/commands/users-command.ts';
import { firstLineOf, runCommandLine, runInProcess } from '../support/command-line.ts';
import { createTestSchema, isPostgres, prepareDataDirectory } from '../support/database.ts';

/** A database of its own; an embedded one lets the same steps be taken in the directory of the file. */
async function database(
  afterwards: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<Readonly<Record<string, string>>> {
  if (!isPostgres) {
    const directory = join(await temporaryDirectory(afterwards), '.data');
    await prepareDataDirectory(directory);
    return { DATA_DIR: directory };
  }
  const schema = await createTestSchema();
  afterwards(() => schema.drop());
  return { DATABASE_URL: schema.url };
}

function record(attributes: object = {}, id: string = randomUUID()): string {
  return JSON.stringify({ type: 'User', id, attributes: { email: 'user@example.com', ...attributes } });
}

function parsed(lines: string): readonly { readonly id: string }[] {
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** One database for the tests that do not care what else is in it. */
let shared: Readonly<Record<string, string>>;
beforeAll(async () => {
  const removals: (() => Promise<void>)[] = [];
  shared = await database((remove) => removals.push(remove));
  return async () => {
    for (const remove of removals) await remove();
  };
});

const users = (args: readonly string[], environment: Readonly<Record<string, string>>) =>
  runCommandLine(['users', ...args], environment);

test('records go in, come out, and are there already the second time', { timeout: 120_000 }, async () => {
  const environment = await database();
  const file = join(await temporaryDirectory(), 'users.ndjson');
  const full = { firstName: 'Zoë 🦊', gender: null, address: { country: 'DE' }, createdAt: '2021-09-01T23:12:56.789Z' };
  const records = [record(full), ...Array.from({ length: 2_500 }, (_, index) => record({ lastName: `n ${index}` }))];
  const faulty = ['', record({ firstname: 'John' }), '{"type":"User"'];
  await writeFile(file, [...records.slice(0, 1_200), ...faulty, ...records.slice(1_200)].join('\n'));

  const first = await runInProcess(usersCommand, ['import', file], environment);
  const rejects = `${file}.rejects.ndjson`;
  expect(first).toMatchObject({ code: 1, stdout: `2501 added, 0 there already, 2 refused: see ${rejects}\n` });
  expect(first.stderr).toMatch(/^100% \d+ of \d+\n$/m);
  expect(parsed(await readFile(rejects, 'utf8'))).toEqual([
    { line: 1_202, errors: [{ pointer: '/attributes/firstname', detail: expect.any(String) }], text: faulty[1] },
    { line: 1_203, errors: [{ detail: expect.any(String) }], text: faulty[2] },
  ]);
  expect((await stat(rejects)).mode & 0o777).toBe(0o600);

  const exported = await users(['export'], environment);
  expect(exported.code).toBe(0);
  expect(parsed(exported.stdout).map(({ id }) => id)).toEqual(
    parsed(records.join('\n'))
      .map(({ id }) => id)
      .sort(),
  );
  expect(exported.stdout).toContain('"createdAt":"2021-09-01T23:12:56.789Z"');

  await writeFile(file, exported.stdout);
  expect(await runInProcess(usersCommand, ['import', file], environment)).toMatchObject({
    code: 0,
    stdout: '0 added, 2501 there already\n',
  });
  await expect(access(rejects)).rejects.toThrow('ENOENT');
  if (isPostgres) await expectRoundTrip(file, exported.stdout);
});

async function expectRoundTrip(file: string, exported: string): Promise<void> {
  const other = await database();
  expect(await users(['import', file], other)).toMatchObject({ code: 0, stdout: '2501 added, 0 there already\n' });
  expect((await users(['export'], other)).stdout).toBe(exported);
}

test('a file that is not there is named', async () => {
  const file = join(await temporaryDirectory(), 'absent.ndjson');
  const { code, stderr } = await runInProcess(usersCommand, ['import', file]);
  expect(code).toBe(1);
  expect(stderr).toContain(file);
});

test('an import into a database that is out of reach says why, and that it can be repeated', async () => {
  const file = join(await temporaryDirectory(), 'users.ndjson');
  await writeFile(file, record());
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/db' };
  const { code, stderr } = await runInProcess(usersCommand, ['import', file], environment);
  expect(code).toBe(1);
  expect(stderr).toMatch(/Repeat it: .*\nDATABASE_URL: .*ECONNREFUSED/);
});

test('users import - reads the standard input, and leaves rejects in the folder', { timeout: 120_000 }, async () => {
  const environment = shared;
  const cwd = await temporaryDirectory();
  const input = `${record()}\n${record({ firstname: 'John' })}\n`;
  const { code, stdout } = await runCommandLine(['users', 'import', '-'], environment, { input, cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '1 added, 0 there already, 1 refused: see rejects.ndjson\n' });
  expect(parsed(await readFile(join(cwd, 'rejects.ndjson'), 'utf8'))).toEqual([expect.objectContaining({ line: 2 })]);
});

test('a reader of the export that has seen enough is no failure', { timeout: 120_000 }, async () => {
  const environment = shared;
  const file = join(await temporaryDirectory(), 'users.ndjson');
  await writeFile(file, Array.from({ length: 2_000 }, () => record({ lastName: 'x'.repeat(100) })).join('\n'));
  expect(await runInProcess(usersCommand, ['import', file], environment)).toMatchObject({ code: 0 });
  const { code, lines, stderr } = await firstLineOf(['users', 'export'], environment);
  expect({ code, lines }).toEqual({ code: 0, lines: 1 });
  expect(stderr).not.toMatch(/EPIPE|Error/);
});

test.each([
  [['--help'], 0, 'Usage: users'],
  [['import', '--help'], 0, 'Usage: users import [options] <file>'],
  [['export', '--help'], 0, 'Usage: users export'],
  [[], 2, 'Usage: users'],
  [['import'], 2, "error: missing required argument 'file'"],
  [['export', 'file'], 2, "error: too many arguments for 'export'"],
  [['drop'], 2, "error: unknown command 'drop'"],
  [['import', '--fast', 'file'], 2, "error: unknown option '--fast'"],
])('users %j ends with %i', async (args, code, text) => {
  const result = await runInProcess(usersCommand, args);
  expect(result.code).toBe(code);
  expect(code === 0 ? result.stdout : result.stderr).toContain(text);
});
