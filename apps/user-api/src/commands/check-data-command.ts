import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JSON_API, type Validator } from '@contract-first/core';
import { DatabaseError, openDatabase, type StorageLocation } from '@contract-first/database';
import {
  CommandFailure,
  type CommandIo,
  ConfigurationError,
  createCommand,
  reasonOf,
  showProgress,
} from '@contract-first/service';
import { contract } from '@user-api/contract';
import type { Command } from 'commander';
import { readConfiguration } from '../configuration/configuration.ts';
import { createUserStore } from '../storage/sql-user-store.ts';
import type { UserStore } from '../storage/user-store.ts';
import { checkStoredData, type StoredDataReport } from './stored-data.ts';
import { unreachable } from './with-database.ts';

const notes = `
It changes nothing, and prints ids, but no attribute of a record. DATABASE_URL or DATA_DIR says where the records are, as
for serve. Exit code: 0 if every record is valid, 1 if one is not, 2 if they could not be checked.`;

/** `check-data` */
export function checkDataCommand(io: CommandIo): Command {
  return createCommand('check-data', io)
    .description('Checks every stored record against the contract, as a reply would be.')
    .addHelpText('after', notes)
    .action(async () => {
      if ((await violations(io)) > 0) throw new CommandFailure();
    });
}

const NOT_CHECKED = 2;

async function violations(io: CommandIo): Promise<number> {
  try {
    const users = await open(io);
    try {
      return await check(users, io);
    } finally {
      await users.close();
    }
  } catch (error) {
    throw new CommandFailure(`The records cannot be checked: ${messageOf(error, io)}`, NOT_CHECKED);
  }
}

async function check(users: UserStore, { stdout, stderr }: CommandIo): Promise<number> {
  const shown = showProgress(stderr, await users.count());
  const report = await checkStoredData(users, replyValidator(), { onProgress: shown.update });
  shown.end();
  stdout.write(describeReport(report));
  return report.violating;
}

function replyValidator(): Validator {
  return contract.operations.GetUser.responses['200'].content[JSON_API].validate;
}

/** The schema is left as it is: a check before a deployment must not migrate what the running service uses. */
async function open({ environment, stderr }: CommandIo): Promise<UserStore> {
  const { storage } = readConfiguration(environment);
  await requireDatabase(storage);
  const onConnectionError = (error: Error): void =>
    void stderr.write(`A database connection was lost: ${error.message}\n`);
  return createUserStore(await openDatabase(storage, { onConnectionError }));
}

/** PGlite would make an empty one, in which nothing is wrong. */
async function requireDatabase(location: StorageLocation): Promise<void> {
  if (location.kind !== 'pglite') return;
  await stat(join(location.directory, 'postgresql')).catch((cause: unknown) => {
    throw new Error(`${location.directory} has no database: set DATA_DIR or DATABASE_URL`, { cause });
  });
}

const UNDEFINED_TABLE = '42P01';

function messageOf(error: unknown, { environment }: CommandIo): string {
  if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) {
    return 'the database has no table of users: is DATABASE_URL that of another service?';
  }
  if (error instanceof ConfigurationError) return error.message;
  return (unreachable(error, readConfiguration(environment).storage) ?? new Error(reasonOf(error))).message;
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
