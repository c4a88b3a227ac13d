import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JSON_API, ProblemError, type Validator } from '@contract-first/core';
import {
  DatabaseError,
  migrate,
  openDatabase,
  openPgliteInMemory,
  type StorageLocation,
} from '@contract-first/database';
import { ConfigurationError, type Environment, type ProgressOutput, showProgress } from '@contract-first/service';
import { contract } from '@user-api/contract';
import { readConfiguration } from '../configuration/configuration.ts';
import { migrations } from '../storage/migrations.ts';
import { createUserStore } from '../storage/sql-user-store.ts';
import type { UserStore } from '../storage/user-store.ts';
import { demoUser } from '../users/demo-user.ts';
import { checkStoredData, type StoredDataReport } from './stored-data.ts';

/** What the command uses of its process. */
export interface CheckDataIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly progress: ProgressOutput;
  readonly environment: Environment;
}

const usage = `Checks every stored record against the contract, as a reply would be. It changes nothing, and prints ids,
but no attribute of a record.

Usage: npm run check-data [-- --demo]

  --demo    check a database in memory that holds the demo user, instead of a real one
  --help    this text

DATABASE_URL or DATA_DIR tells where the records are, as for serve. Exit code: 0 if every record is valid, 1 if not,
2 if they could not be checked.
`;

/**
 * Runs `check-data`.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 if every record is valid, 1 if one is not, 2 if they could not be checked
 */
export async function runCheckDataCommand(argv: readonly string[], io: CheckDataIo): Promise<number> {
  if (argv.includes('--help')) {
    io.stdout(usage);
    return 0;
  }
  if (argv.some((argument) => argument !== '--demo')) {
    io.stderr(`Unknown: check-data ${argv.join(' ')}. See --help.\n`);
    return 2;
  }
  try {
    const users = await (argv.includes('--demo') ? openDemo() : open(io));
    try {
      return await check(users, io);
    } finally {
      await users.close();
    }
  } catch (error) {
    io.stderr(`The records cannot be checked: ${messageOf(error)}\n`);
    return 2;
  }
}

async function check(users: UserStore, { stdout, progress }: CheckDataIo): Promise<number> {
  const shown = showProgress(progress, await users.count());
  const report = await checkStoredData(users, replyValidator(), { onProgress: shown.update });
  shown.end();
  stdout(describeReport(report));
  return report.violating > 0 ? 1 : 0;
}

function replyValidator(): Validator {
  return contract.operations.GetUser.responses['200'].content[JSON_API].validate;
}

/** The schema is left as it is: a check before a deployment must not migrate what the running service uses. */
async function open({ environment, stderr }: CheckDataIo): Promise<UserStore> {
  const { storage } = readConfiguration(environment);
  await requireDatabase(storage);
  const onConnectionError = (error: Error): void => stderr(`A database connection was lost: ${error.message}\n`);
  return createUserStore(await openDatabase(storage, { onConnectionError }));
}

/** PGlite would make an empty one, in which nothing is wrong. */
async function requireDatabase(location: StorageLocation): Promise<void> {
  if (location.kind !== 'pglite') return;
  await stat(join(location.directory, 'postgresql')).catch((cause: unknown) => {
    throw new Error(`${location.directory} has no database: set DATA_DIR or DATABASE_URL`, { cause });
  });
}

async function openDemo(): Promise<UserStore> {
  const database = await openPgliteInMemory();
  await migrate(database, migrations);
  const users = createUserStore(database);
  await users.import([demoUser]);
  return users;
}

const UNDEFINED_TABLE = '42P01';

function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) {
    return 'the database has no table of users: is DATABASE_URL that of another service?';
  }
  // An outage has its reason in the cause.
  const cause = error instanceof ProblemError && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return error instanceof Error ? `${error.message}${cause}` : String(error);
}

/** @returns lines without any attribute of a record */
export function describeReport({ records, violating, groups, leftOut }: StoredDataReport): string {
  const violations = groups.flatMap(({ pointer, keyword, message, count, ids }) => [
    `  ${pointer || '/'} ${keyword}: ${message}`,
    `    ${count} ${count === 1 ? 'record' : 'records'}: ${ids.join(' ')}${count > ids.length ? ' …' : ''}`,
  ]);
  const notices = [...leftOut].map(([name, count]) => `  ${name}: ${count}`);
  return [
    `${records} checked, ${violating} of them break the contract.`,
    ...violations,
    ...(notices.length > 0
      ? ['Stored attributes that the contract does not have, and replies leave out:', ...notices]
      : []),
    ...(violating > 0 ? ['Correct these records, or the contract, before the service is deployed.'] : []),
    '',
  ].join('\n');
}
