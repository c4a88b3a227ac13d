import { randomUUID } from 'node:crypto';
import { TEST_USER } from '@contract-first/testing';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrateCommand } from '../../src/commands/migrate-command.ts';
import { openUserStore } from '../../src/storage/open-user-store.ts';
import { runInProcess } from '../support/command-line.ts';
import { createTestSchema } from '../support/database.ts';
import { exampleUser } from '../support/service.ts';

/** A role that may read and write records, and make nothing. */
async function createServiceRole(url: string): Promise<string> {
  const role = `service_${randomUUID().replaceAll('-', '')}`;
  const schema = /search_path=(\w+)/.exec(new URL(url).searchParams.get('options') ?? '')?.[1] ?? '';
  const owner = new Client({ connectionString: url });
  await owner.connect();
  await owner.query(`create role ${role} login password 'service'`);
  await owner.query(`grant usage on schema ${schema} to ${role}`);
  await owner.query(`grant select on migrations to ${role}`);
  await owner.query(`grant select, insert, update on users to ${role}`);
  onTestFinished(async () => {
    await owner.query(`drop owned by ${role}`);
    await owner.query(`drop role ${role}`);
    await owner.end();
  });
  const address = new URL(url);
  address.username = role;
  address.password = 'service';
  return address.href;
}

test('after migrate by another role the service needs no right to make or change tables', async () => {
  const schema = await createTestSchema();
  onTestFinished(() => schema.drop());
  expect((await runInProcess(migrateCommand, [], { DATABASE_URL: schema.url })).code).toBe(0);
  const url = await createServiceRole(schema.url);
  const users = await openUserStore({ kind: 'postgres', url }, { onConnectionError: () => undefined });
  onTestFinished(() => users.close());
  expect(await users.import([exampleUser()])).toBe(1);
  expect((await users.patch(TEST_USER, { firstName: 'Jane' }, null)).outcome).toBe('updated');
});
