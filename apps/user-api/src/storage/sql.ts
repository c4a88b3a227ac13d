import type { Statement } from '@contract-first/database';

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

/** The first records in the order of their ids. */
export const firstUsers: Statement = {
  name: 'first-users',
  text: `select ${columns} from users order by id limit $1`,
};

/** The records that follow an id. A condition that also took no id would keep some planners from using the key. */
export const usersAfter: Statement = {
  name: 'users-after',
  text: `select ${columns} from users where id > $1 order by id limit $2`,
};

/** Every record has to be read to be counted. */
export const countUsers: Statement = {
  name: 'count-users',
  text: 'select count(*)::float8 as count from users',
  timeout: 600_000,
};

export const countPatience: Statement = {
  name: 'count-patience',
  text: `set local statement_timeout = ${countUsers.timeout}`,
};

/**
 * `$1` has the ids with commas, `$2` the attributes as JSON with line feeds, `$3` the times with commas, of which some
 * are empty: lists as text cost the server half of what one JSON document does. One statement of any length needs one
 * plan.
 */
export const importUsers: Statement = {
  name: 'import-users',
  text: `insert into users (id, attributes, created_at)
    select id, attributes::jsonb, coalesce(created_at, now())
    from unnest(
      string_to_array($1, ',')::uuid[],
      string_to_array($2, chr(10)),
      string_to_array($3, ',', '')::timestamptz[]
    ) as record (id, attributes, created_at)
    on conflict (id) do nothing
    returning id`,
  timeout: 30_000,
};

export const ping: Statement = { name: 'ping', text: 'select 1 as answer' };
