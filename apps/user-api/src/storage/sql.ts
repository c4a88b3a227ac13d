import type { Statement } from './database.ts';

/*
 * Every statement of the store. They keep to what PostgreSQL, PGlite, Citus, CockroachDB and YugabyteDB have in common:
 * one row by its key, stable functions only, no statement that touches two tables.
 */

const columns = 'id, attributes, version, created_at, updated_at';

export const getUser: Statement = {
  name: 'get-user',
  text: `select ${columns} from users where id = $1`,
};

/**
 * Concurrent changes of different attributes never undo each other, because the statement reads and writes the row
 * under its lock (rule H18). `$3` null means no precondition.
 */
export const patchUser: Statement = {
  name: 'patch-user',
  text: `update users
    set attributes = attributes || $2::jsonb, version = version + 1, updated_at = now()
    where id = $1 and ($3::int4[] is null or version = any ($3::int4[]))
    returning ${columns}`,
};

/** `$1` is a JSON array of records; one statement of any length needs one plan. */
export const importUsers: Statement = {
  name: 'import-users',
  text: `insert into users (id, attributes, created_at)
    select id, attributes, coalesce(created_at, now())
    from jsonb_to_recordset($1::jsonb) as record (id uuid, attributes jsonb, created_at timestamptz)
    on conflict (id) do nothing
    returning id`,
  timeout: 30_000,
};

export const ping: Statement = { name: 'ping', text: 'select 1 as answer' };
