import type { Database, Row, Session, Statement } from './database.ts';

/** One step of the schema. Steps are never changed or removed once they were released; new ones are added at the end. */
export interface Migration {
  /** 1, 2, 3 … */
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** The schema of the database and that of the program do not fit together. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Milliseconds that one statement may take, the wait for another instance's migration included. */
const PATIENCE = 600_000;

/**
 * Brings the schema up to date, in one transaction. Instances that start together wait for each other.
 *
 * @returns the names of the steps that were taken
 * @throws {@link MigrationError} if the database is newer than this program, or has another history
 */
export function migrate(database: Database, steps: readonly Migration[]): Promise<readonly string[]> {
  return database.transaction(async (session) => {
    await prepare(session, database.engine.name === 'PostgreSQL');
    const pending = pendingSteps(await session.query(listMigrations), steps);
    for (const step of pending) await take(session, step);
    return pending.map(({ name }) => name);
  });
}

/** How a schema stands to this program. */
export interface SchemaState {
  /** 0 without any. */
  readonly version: number;
  /** The names of the steps that {@link migrate} would take. */
  readonly pending: readonly string[];
}

/**
 * Reads how far the schema is, and changes nothing.
 *
 * @throws {@link MigrationError} as {@link migrate} does
 */
export async function readSchemaState(session: Session, steps: readonly Migration[]): Promise<SchemaState> {
  const applied = (await hasMigrations(session)) ? await session.query(listMigrations) : [];
  const pending = pendingSteps(applied, steps);
  return { version: applied.length, pending: pending.map(({ name }) => name) };
}

async function prepare(session: Session, isShared: boolean): Promise<void> {
  await session.query(statement('migration-patience', `set local statement_timeout = ${PATIENCE}`));
  await session.query(statement('migration-lock-patience', `set local lock_timeout = ${PATIENCE}`));
  // PGlite belongs to one process. The number is arbitrary, but all versions of this program must use the same.
  if (isShared) await session.query(statement('migration-lock', 'select pg_advisory_xact_lock(727473961)'));
  // PostgreSQL asks for the right to create tables even where `if not exists` finds one.
  if (!(await hasMigrations(session))) await session.query(createMigrations);
}

async function hasMigrations(session: Session): Promise<boolean> {
  const [table] = await session.query(findMigrations);
  return table?.['name'] != null;
}

const createMigrations = statement(
  'create-migrations',
  `create table migrations (
    version int4 primary key,
    name text not null,
    applied_at timestamptz(3) not null default now()
  )`,
);

const findMigrations = statement('find-migrations', `select to_regclass('migrations')::text as name`);

const listMigrations = statement('list-migrations', 'select version, name from migrations order by version');

const recordMigration = statement('record-migration', 'insert into migrations (version, name) values ($1, $2)');

function pendingSteps(applied: readonly Row[], steps: readonly Migration[]): readonly Migration[] {
  const last = steps.at(-1)?.version ?? 0;
  for (const { version, name } of applied) {
    const known = steps.find((step) => step.version === version);
    if (known === undefined) {
      throw new MigrationError(
        `the database has schema version ${version} (${name}), this program knows versions up to ${last}: start the newer program that made it`,
      );
    }
    if (known.name !== name) {
      throw new MigrationError(
        `schema version ${version} is "${name}" in the database and "${known.name}" in this program: is DATABASE_URL that of another service?`,
      );
    }
  }
  return steps.slice(applied.length);
}

async function take(session: Session, { version, name, statements }: Migration): Promise<void> {
  for (const [index, text] of statements.entries()) {
    await session.query(statement(`migration-${version}-${index + 1}`, text));
  }
  await session.query(recordMigration, [version, name]);
}

function statement(name: string, text: string): Statement {
  return { name, text, timeout: PATIENCE };
}
