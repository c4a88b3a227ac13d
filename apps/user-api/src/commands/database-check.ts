import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Session } from '@contract-first/database';
import {
  databaseUrls,
  lockDirectory,
  openPostgres,
  type PostgresLimits,
  readSchemaState,
  type SchemaState,
} from '@contract-first/database';
import { type CheckResult, failed, ok, reasonOf, warning } from '@contract-first/service';
import type { PgliteLocation, PostgresLocation } from '../configuration/configuration.ts';
import { migrations } from '../storage/migrations.ts';

/** Milliseconds: an operator waits for the answer. */
const limits: PostgresLimits = { connect: 3_000, lock: 3_000, statement: 3_000, answer: 3_500, idleTransaction: 3_000 };

/** Tries the configured database. */
export async function checkDatabase(location: PostgresLocation | PgliteLocation): Promise<readonly CheckResult[]> {
  return location.kind === 'pglite' ? [await checkDirectory(location)] : checkHosts(location);
}

/** Takes the lock that serve would take, for a moment. */
async function checkDirectory({ directory }: PgliteLocation): Promise<CheckResult> {
  try {
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    lockDirectory(directory).release();
    return ok(`DATA_DIR: ${directory} can be written`);
  } catch (error) {
    return existsSync(directory) ? failed(`DATA_DIR: ${reasonOf(error)}`) : checkParent(directory);
  }
}

/** What is not there yet will be made in the nearest folder above that is there. */
async function checkParent(directory: string): Promise<CheckResult> {
  const parent = nearest(resolve(directory));
  try {
    await access(parent, constants.W_OK | constants.X_OK);
    if (!(await stat(parent)).isDirectory()) throw new Error(`${parent} is not a folder`);
    return ok(`DATA_DIR: ${directory} will be made`);
  } catch (error) {
    return failed(`DATA_DIR: ${directory} cannot be made: ${reasonOf(error)}`);
  }
}

function nearest(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearest(dirname(path));
}

/** Of several hosts one has to take writes. */
async function checkHosts(location: PostgresLocation): Promise<readonly CheckResult[]> {
  const urls = databaseUrls(location.url) ?? [];
  const states = await Promise.all(urls.map((url) => hostState(url, location.preparedStatements)));
  const primary = states.find((state) => state.kind === 'reached' && state.facts.takesWrites);
  const others = states
    .filter((state) => state !== primary)
    .map((state) => describeOther(state, primary !== undefined));
  return [...(primary?.kind === 'reached' ? describePrimary(primary.host, primary.facts, location) : []), ...others];
}

type HostState =
  | { readonly kind: 'reached'; readonly host: string; readonly facts: HostFacts }
  | { readonly kind: 'failed'; readonly host: string; readonly reason: string };

interface HostFacts {
  readonly version: string;
  readonly takesWrites: boolean;
  readonly hasTimeLimit: boolean;
  readonly schema: SchemaState;
}

async function hostState(url: string, preparedStatements: boolean): Promise<HostState> {
  const host = hostOf(url);
  const database = openPostgres({
    connectionString: url,
    connections: 1,
    limits,
    preparedStatements,
    onConnectionError: () => undefined,
  });
  try {
    return { kind: 'reached', host, facts: await readFacts(database) };
  } catch (error) {
    return { kind: 'failed', host, reason: reasonOf(error) };
  } finally {
    await database.close();
  }
}

/** Without the credentials. */
function hostOf(text: string): string {
  const url = new URL(text);
  return url.host || (url.searchParams.get('host') ?? '');
}

const serverFacts = {
  name: 'server-facts',
  text: `select current_setting('server_version') as version,
    current_setting('transaction_read_only') = 'off' as takes_writes,
    current_setting('statement_timeout') <> '0' as has_time_limit`,
};

async function readFacts(session: Session): Promise<HostFacts> {
  const [row] = await session.query(serverFacts);
  return {
    version: String(row?.['version']),
    takesWrites: row?.['takes_writes'] === true,
    hasTimeLimit: row?.['has_time_limit'] === true,
    schema: await readSchemaState(session, migrations),
  };
}

function describePrimary(host: string, facts: HostFacts, { preparedStatements }: PostgresLocation): CheckResult[] {
  const { version, schema, hasTimeLimit } = facts;
  const pending = schema.pending.length > 0 ? `, to be migrated: ${schema.pending.join(', ')}` : '';
  const result = ok(`DATABASE_URL: ${host} is PostgreSQL ${version}, schema version ${schema.version}${pending}`);
  if (preparedStatements || hasTimeLimit) return [result];
  return [result, warning('PREPARED_STATEMENTS: is off, and the role has no statement_timeout in the database')];
}

function describeOther(state: HostState, hasPrimary: boolean): CheckResult {
  const text = `DATABASE_URL: ${state.host}: ${state.kind === 'failed' ? state.reason : 'takes no writes'}`;
  if (!hasPrimary) return failed(text);
  return state.kind === 'failed' ? warning(text) : ok(`${text}, a standby`);
}
