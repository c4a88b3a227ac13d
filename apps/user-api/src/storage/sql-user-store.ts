import type { Database, Row } from '@contract-first/database';
import { guardAgainstOutage, type RetryOptions } from '@contract-first/database';
import { countPatience, countUsers, firstUsers, getUser, importUsers, patchUser, ping, usersAfter } from './sql.ts';
import type { Attributes, NewUser, PatchResult, UserRow, UserStore, VersionPrecondition } from './user-store.ts';

const IMPORT_BATCH = 1_000;

/** Keeps the records in a migrated database. */
export function createUserStore(database: Database, retry: RetryOptions = {}): UserStore {
  const guard = guardAgainstOutage(retry);

  async function get(id: string): Promise<UserRow | null> {
    const [row] = await guard(() => database.query(getUser, [id]));
    return row === undefined ? null : toUser(row);
  }

  async function patch(id: string, attributes: Attributes, ifMatch: VersionPrecondition): Promise<PatchResult> {
    if (Object.keys(attributes).length === 0) return unchanged(await get(id), ifMatch);
    const versions = ifMatch === 'any' ? null : ifMatch;
    const [row] = await guard(() => database.query(patchUser, [id, JSON.stringify(attributes), versions]));
    if (row !== undefined) return { outcome: 'updated', row: toUser(row) };
    if (versions === null) return { outcome: 'missing' };
    return { outcome: (await get(id)) === null ? 'missing' : 'stale' };
  }

  async function importAll(users: Iterable<NewUser>): Promise<number> {
    let added = 0;
    for (const batch of batches(users, IMPORT_BATCH)) {
      const lists = importLists(batch);
      added += (await guard(() => database.query(importUsers, lists))).length;
    }
    return added;
  }

  async function scan(after: string | null, limit: number): Promise<readonly UserRow[]> {
    const rows = await guard(() =>
      after === null ? database.query(firstUsers, [limit]) : database.query(usersAfter, [after, limit]),
    );
    return rows.map(toUser);
  }

  async function count(): Promise<number> {
    const [row] = await guard(() =>
      database.transaction(async (session) => {
        await session.query(countPatience);
        return session.query(countUsers);
      }),
    );
    return Number(row?.['count']);
  }

  return {
    engine: database.engine,
    get,
    patch,
    import: importAll,
    scan,
    count,
    async ping() {
      await guard(() => database.query(ping));
    },
    pool: () => database.pool?.() ?? null,
    close: () => database.close(),
  };
}

function unchanged(row: UserRow | null, ifMatch: VersionPrecondition): PatchResult {
  if (row === null) return { outcome: 'missing' };
  const isMet = ifMatch === null || ifMatch === 'any' || ifMatch.includes(row.version);
  return isMet ? { outcome: 'updated', row } : { outcome: 'stale' };
}

/** In the order of the ids, so that imports at the same time do not wait for each other in a circle. */
function importLists(batch: readonly NewUser[]): readonly string[] {
  const sorted = batch.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    sorted.map(({ id }) => id).join(','),
    sorted.map(({ attributes }) => JSON.stringify(attributes)).join('\n'),
    sorted.map(({ createdAt }) => createdAt?.toISOString() ?? '').join(','),
  ];
}

function toUser({ id, attributes, version, created_at: createdAt, updated_at: updatedAt }: Row): UserRow {
  if (
    typeof id === 'string' &&
    isObject(attributes) &&
    typeof version === 'number' &&
    createdAt instanceof Date &&
    updatedAt instanceof Date
  ) {
    return { id, attributes, version, createdAt, updatedAt };
  }
  throw new TypeError('a row of the table users has a column of an unexpected type');
}

function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* batches<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
