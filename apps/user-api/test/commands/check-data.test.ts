import type { Database } from '@contract-first/database';
import { migrate, openPglite, openPostgres } from '@contract-first/database';
import { temporaryDirectory } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import { checkDataCommand } from '../../src/commands/check-data-command.ts';
import { migrations } from '../../src/storage/migrations.ts';
import { createUserStore } from '../../src/storage/sql-user-store.ts';
import { runInProcess } from '../support/command-line.ts';
import { createTestSchema, isPostgres, prepareDataDirectory } from '../support/database.ts';
import { EXAMPLE_ATTRIBUTES, exampleUser } from '../support/service.ts';

const broken = 'c0000000-0000-4000-8000-000000000002';

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { code, stdout: out, stderr: err } = await runInProcess(checkDataCommand, args, environment);
  return { code, out, err };
}

/** A database that the command can open by its environment: the embedded one, or the server of the tests. */
async function location(): Promise<{ environment: Readonly<Record<string, string>>; open: () => Promise<Database> }> {
  if (isPostgres) {
    const schema = await createTestSchema();
    onTestFinished(() => schema.drop());
    const onConnectionError = (error: Error): never => {
      throw error;
    };
    const open = async (): Promise<Database> => openPostgres({ connectionString: schema.url, onConnectionError });
    return { environment: { DATABASE_URL: schema.url }, open };
  }
  const directory = await temporaryDirectory();
  await prepareDataDirectory(directory);
  return { environment: { DATA_DIR: directory }, open: () => openPglite(directory) };
}

async function fill({ open }: { open: () => Promise<Database> }): Promise<void> {
  const database = await open();
  await migrate(database, migrations);
  const attributes = { ...EXAMPLE_ATTRIBUTES, locale: 'Klingon (secret)' };
  await createUserStore(database).import([exampleUser(), { id: broken, attributes }]);
  await database.close();
}

// Making an embedded database takes long on a busy machine.
const timeout = 120_000;

test('a record that breaks the contract is told by id and place, without its value', { timeout }, async () => {
  const where = await location();
  await fill(where);
  const { code, out, err } = await run([], where.environment);
  expect(code).toBe(1);
  expect(out).toContain('2 checked, 1 of them break the contract.');
  expect(out).toContain('/data/attributes/locale format');
  expect(out).toContain(`1 record: ${broken}`);
  expect(err).toBe('100% 2 of 2\n');
  expect(out + err).not.toContain('secret');
});

test('a directory without a database is an error, and none is made', async () => {
  const directory = await temporaryDirectory();
  const { code, err } = await run([], { DATA_DIR: `${directory}/typo` });
  expect(code).toBe(2);
  expect(err).toContain('/typo has no database: set DATA_DIR or DATABASE_URL');
});

test('a database that is out of reach is an error', async () => {
  const { code, err } = await run([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
  expect(code).toBe(2);
  expect(err).toContain('The records cannot be checked: DATABASE_URL: the database cannot be reached');
  expect(err).toContain('ECONNREFUSED');
});

test('every problem of the configuration is told', async () => {
  const { code, err } = await run([], { DATABASE_URL: 'mysql://secret@127.0.0.1/', PORT: 'x' });
  expect(code).toBe(2);
  expect(err).toContain('DATABASE_URL');
  expect(err).toContain('PORT');
  expect(err).not.toContain('secret');
});

test('--help tells how it is used, and an unknown option is refused', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: check-data') });
  expect(await run(['--all'])).toMatchObject({ code: 2, err: expect.stringContaining("unknown option '--all'") });
});
