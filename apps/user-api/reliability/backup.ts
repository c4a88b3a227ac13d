import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '@contract-first/release';
import { createCluster, requireBinaries, runCheck } from '@contract-first/testing';
import { runTool } from './backup/tools.ts';
import { userLines } from './backup/users.ts';
import { createProgram } from './harness/program.ts';

const USERS = 5_000;

const description =
  'Dumps a database with some thousand records, restores it elsewhere, and compares both. The server is one of its own.';

await createProgram('test:backup', description)
  .action(() => runCheck(backup))
  .parseAsync();

async function backup(): Promise<void> {
  const binaries = requireBinaries();
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'user-api-backup-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const cluster = await createCluster(binaries);
  stack.defer(() => cluster.remove());
  await cluster.start();
  backUpAndRestore({ programs: dirname(binaries.postgres), server: cluster.url, folder });
}

interface Place {
  /** The folder of pg_dump and the others. */
  readonly programs: string;
  readonly server: string;
  readonly folder: string;
}

function backUpAndRestore({ programs, server, folder }: Place): void {
  const tool = (name: string, ...args: string[]): string => runTool(join(programs, name), args);
  const [original, restored] = [databaseUrl(server, 'original'), databaseUrl(server, 'restored')];
  for (const name of ['original', 'restored']) tool('createdb', `--maintenance-db=${server}`, name);

  const users = join(folder, 'users.ndjson');
  writeFileSync(users, userLines(USERS));
  service(['migrate'], original);
  report(`users import: ${service(['users', 'import', users], original).trim()}`);
  // Records that were changed have other versions.
  tool(
    'psql',
    '-qc',
    `update users set version = version + 6, updated_at = now() where id < '80000000-0000-0000-0000-000000000000'`,
    original,
  );

  const dump = join(folder, 'users.dump');
  tool('pg_dump', '-Fc', '--no-owner', `--file=${dump}`, original);
  report(`pg_dump -Fc: ${Math.ceil(statSync(dump).size / 1024)} KiB`);
  tool('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${restored}`, dump);
  report('pg_restore: into an empty database');

  const rows = 'copy (select * from users order by id) to stdout';
  assertSame('rows, with versions and times', tool('psql', '-qc', rows, original), tool('psql', '-qc', rows, restored));
  assertSame('users export', service(['users', 'export'], original), service(['users', 'export'], restored));
  report(`migrate: ${service(['migrate'], restored).trim()}`);
  report(`check-data: ${service(['check-data'], restored).trim()}`);
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

function service(args: readonly string[], database: string): string {
  const command = ['--conditions=source', `${root}apps/user-api/src/main.ts`, ...args];
  return runTool(process.execPath, command, { DATABASE_URL: database });
}

function assertSame(what: string, before: string, after: string): void {
  const count = before.split('\n').length - 1;
  if (count !== USERS) throw new Error(`${what}: ${count} instead of ${USERS} before the backup`);
  if (before !== after) throw new Error(`${what}: what was restored differs from what was backed up`);
  report(`${what}: ${count} lines, the same byte for byte`);
}

function report(line: string): void {
  console.log(`✓ ${line}`);
}
