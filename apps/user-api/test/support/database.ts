import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { link, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Database } from '@contract-first/database';
import {
  emptySnapshot,
  migrate,
  openPgliteInMemory,
  openPostgres,
  type PostgresLimits,
} from '@contract-first/database';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { describe } from 'vitest';
import { migrations } from '../../src/storage/migrations.ts';
import { createUserStore } from '../../src/storage/sql-user-store.ts';
import type { UserStore } from '../../src/storage/user-store.ts';

/** `postgres://…` of a server on which the tests may make schemas. Without it they use PGlite. */
const url = process.env['TEST_DATABASE_URL'];

/** Whether the tests run on a server, so that there can be several connections. */
export const isPostgres = url !== undefined;

/** Tests that need a server. Without one they are not part of the suite, rather than skipped. */
export function describeOnPostgres(title: string, body: () => void): void {
  if (isPostgres) describe(title, body);
}

export interface TestDatabase {
  readonly users: UserStore;
  readonly database: Database;
  /** The same tables as another instance has them: through connections of its own, where there are connections. */
  openAnother(): TestDatabase;
  close(): Promise<void>;
}

type EmptyDatabase = Omit<TestDatabase, 'users'>;

/** An empty, migrated store of its own: in memory, or in a fresh schema of the server. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const empty = await openEmptyDatabase();
  await migrate(empty.database, migrations);
  return withUsers(empty);
}

function withUsers(empty: EmptyDatabase): TestDatabase {
  return { users: createUserStore(empty.database), ...empty };
}

/** The same without any table. */
export function openEmptyDatabase(): Promise<EmptyDatabase> {
  return isPostgres ? openSchema() : openInMemory();
}

/** Databases that tests are done with. Emptying one is much faster than making one. */
const idle: Database[] = [];

async function openInMemory(): Promise<EmptyDatabase> {
  const engine = idle.pop() ?? (await openPgliteInMemory(await snapshot()));
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    for (const text of ['drop schema public cascade', 'create schema public']) await engine.query({ name: text, text });
    idle.push(engine);
  }
  /** What is done with a closed database shows as it would with the real one. */
  const whileOpen =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (!isOpen) throw new Error('PGlite is closed');
      return method(...args);
    };
  const transaction: Database['transaction'] = (work) => whileOpen(() => engine.transaction(work))();
  const database = { ...engine, query: whileOpen(engine.query), transaction, close };
  const openAnother = (): TestDatabase => withUsers({ database, openAnother, close: async () => {} });
  return { database, openAnother, close };
}

/** Fills the data directory of a service that is going to be started, so that it need not make its database. */
export async function prepareDataDirectory(directory: string): Promise<void> {
  const dataDir = join(directory, 'postgresql');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await (await PGlite.create({ dataDir, loadDataDir: await snapshot() })).close();
}

async function openSchema(): Promise<EmptyDatabase> {
  const schema = await createTestSchema();
  const open = (): Database => openPostgres({ connectionString: schema.url, limits: patient, onConnectionError: fail });
  const database = open();
  const openAnother = (): TestDatabase => {
    const other = open();
    return withUsers({ database: other, openAnother, close: () => other.close() });
  };
  return {
    database,
    openAnother,
    async close() {
      await database.close();
      await schema.drop();
    },
  };
}

/** The limits of production would make tests fail on a busy machine. */
const patient: PostgresLimits = {
  connect: 30_000,
  lock: 30_000,
  statement: 30_000,
  answer: 30_000,
  idleTransaction: 30_000,
};

function fail(error: Error): void {
  throw error;
}

export interface TestSchema {
  /** Connections to it find and make tables in the schema. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes a schema on the server of TEST_DATABASE_URL. */
export async function createTestSchema(): Promise<TestSchema> {
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, `create schema ${name}`);
  const address = new URL(url);
  address.searchParams.set('options', `-c search_path=${name}`);
  return { url: address.href, drop: () => administer(url, `drop schema ${name} cascade`) };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Making an empty PGlite takes some seconds, loading it a fraction of one: the files are kept between runs. */
async function snapshot(): Promise<Blob> {
  const file = join(import.meta.dirname, '../../../../node_modules/.cache/user-api', `${snapshotKey()}.tar`);
  if (!(await exists(file))) await writeSnapshot(file);
  return openAsBlob(file);
}

function snapshotKey(): string {
  const engine = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version }: { version: string } = createRequire(engine)('../package.json');
  return `pglite-${version}`;
}

async function writeSnapshot(file: string): Promise<void> {
  const bytes = Buffer.from(await (await emptySnapshot()).arrayBuffer());
  await mkdir(join(file, '..'), { recursive: true });
  const unfinished = `${file}.${randomUUID()}`;
  await writeFile(unfinished, bytes);
  // Another worker may have been first, and be reading its own: a file that is replaced meanwhile cannot be read.
  await link(unfinished, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(unfinished);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
