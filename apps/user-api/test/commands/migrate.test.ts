import { expect, onTestFinished, test } from 'vitest';
import { migrateCommand } from '../../src/commands/migrate-command.ts';
import { runCommandLine, runInProcess } from '../support/command-line.ts';
import { createTestSchema, describeOnPostgres } from '../support/database.ts';

describeOnPostgres('a real server', () => {
  test('migrate tells the steps that it took, and later that there are none', async () => {
    const { url, drop } = await createTestSchema();
    onTestFinished(() => drop());
    const environment = { DATABASE_URL: url };
    const first = await runCommandLine(['migrate'], environment);
    expect(first).toEqual({ code: 0, stdout: expect.stringMatching(/^Took: users\b/), stderr: '' });
    const second = await runCommandLine(['migrate'], environment);
    expect(second).toEqual({ code: 0, stdout: 'The schema is up to date.\n', stderr: '' });
  });
});

test('a database that cannot be reached is told with its reason, without the password', async () => {
  const environment = { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/db' };
  const result = await runInProcess(migrateCommand, [], environment);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toMatch(/^DATABASE_URL: the database cannot be reached: .*ECONNREFUSED/);
  expect(result.stderr).not.toContain('secret');
});
