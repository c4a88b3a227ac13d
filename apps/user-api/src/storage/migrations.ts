import type { Migration } from '@contract-first/database';

/** The schema, step by step. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'users',
    statements: [
      `create table users (
        id uuid primary key,
        attributes jsonb not null check (jsonb_typeof(attributes) = 'object'),
        version int4 not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`,
    ],
  },
];
