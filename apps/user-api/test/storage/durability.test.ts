import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startChild, temporaryDirectory } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openUserStore, type StorageLocation } from '../../src/storage/open-user-store.ts';
import type { UserRow } from '../../src/storage/user-store.ts';
import { createTestSchema, isPostgres, prepareDataDirectory } from '../support/database.ts';
import type { DurabilityMessage, Settings } from './durability-process.ts';

async function location(): Promise<StorageLocation> {
  if (!isPostgres) return { kind: 'pglite', directory: await preparedDirectory() };
  const schema = await createTestSchema();
  onTestFinished(() => schema.drop());
  return { kind: 'postgres', url: schema.url };
}

async function preparedDirectory(): Promise<string> {
  const directory = await temporaryDirectory();
  await prepareDataDirectory(directory);
  return directory;
}

interface Round {
  /** What the process found when it started. */
  readonly found: Pick<UserRow, 'version' | 'attributes'> | null;
  /** The last change that it reported before it was killed. */
  readonly acknowledged: number;
}

async function writeAndKill(settings: Settings): Promise<Round> {
  const file = join(import.meta.dirname, 'durability-process.ts');
  const child = startChild<DurabilityMessage>(file, [JSON.stringify(settings)]);
  onTestFinished(() => void child.process.kill('SIGKILL'));
  const { found } = await child.until((message) => (typeof message === 'number' ? undefined : message));
  const changes = () => child.messages.filter((message) => typeof message === 'number');
  const first = await child.until((message) => (typeof message === 'number' ? message : undefined));
  const last = first + randomInt(1, 80);
  await child.until((message) => (typeof message === 'number' && message >= last ? message : undefined));
  child.process.kill('SIGKILL');
  await child.ended();
  return { found, acknowledged: changes().at(-1) ?? 0 };
}

function expectWhole(row: Round['found'], acknowledged: number): void {
  const version = row?.version ?? 0;
  expect(version).toBeGreaterThanOrEqual(acknowledged);
  expect(row?.attributes).toEqual({ firstName: `first ${version}`, lastName: `last ${version}` });
}

test('R1 what was acknowledged before a kill -9 is there, and the record is whole', { timeout: 120_000 }, async () => {
  const settings: Settings = { location: await location(), userId: randomUUID() };
  const first = await writeAndKill(settings);
  expect(first.found).toBeNull();
  // Each process finds what the killed one before it has left.
  let { acknowledged } = first;
  for (let round = 1; round < 3; round += 1) {
    const next = await writeAndKill(settings);
    expectWhole(next.found, acknowledged);
    ({ acknowledged } = next);
  }
  const users = await openUserStore(settings.location, { onConnectionError: () => undefined });
  const row = await users.get(settings.userId);
  await users.close();
  expectWhole(row, acknowledged);
});
