import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startChild, temporaryDirectory } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openUserStore, type StorageLocation } from '../../src/storage/open-user-store.ts';
import { createTestSchema, isPostgres, prepareDataDirectory } from '../support/database.ts';
import type { Settings } from './durability-process.ts';

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

/** @returns the last change that the process told before it was killed */
async function writeAndKill(settings: Settings): Promise<number> {
  const child = startChild<number>(join(import.meta.dirname, 'durability-process.ts'), [JSON.stringify(settings)]);
  onTestFinished(() => void child.process.kill('SIGKILL'));
  const first = await child.until((count) => count);
  const last = first + randomInt(1, 80);
  await child.until((count) => (count >= last ? count : undefined));
  child.process.kill('SIGKILL');
  await child.ended();
  return child.messages.at(-1) ?? 0;
}

test('R1 what was acknowledged before a kill -9 is there, and the record is whole', { timeout: 120_000 }, async () => {
  const settings: Settings = { location: await location(), userId: randomUUID() };
  for (let round = 0; round < 3; round += 1) {
    const acknowledged = await writeAndKill(settings);
    const users = await openUserStore(settings.location, { onConnectionError: () => undefined });
    const row = await users.get(settings.userId);
    await users.close();
    const version = row?.version ?? 0;
    expect(version).toBeGreaterThanOrEqual(acknowledged);
    expect(row?.attributes).toEqual({ firstName: `first ${version}`, lastName: `last ${version}` });
  }
});
