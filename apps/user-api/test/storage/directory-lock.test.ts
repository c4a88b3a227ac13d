import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DirectoryInUseError, lockDirectory } from '../../src/storage/directory-lock.ts';
import { startChild } from '../support/child-process.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import type { Message } from './directory-lock-process.ts';

function startProcess(directory: string) {
  const child = startChild<Message>(join(import.meta.dirname, 'directory-lock-process.ts'), [directory]);
  onTestFinished(() => void child.process.kill('SIGKILL'));
  return { ...child, result: child.until((message) => message) };
}

async function kill({ process, ended }: ReturnType<typeof startProcess>): Promise<void> {
  process.kill('SIGKILL');
  await ended();
}

test('a second process is refused and told which process has the directory, and since when', async () => {
  const directory = await temporaryDirectory();
  const first = startProcess(directory);
  expect(await first.result).toMatchObject({ locked: true });
  const second = startProcess(directory);
  const { locked, message } = await second.result;
  expect(locked).toBe(false);
  expect(message).toContain(
    `the data directory ${directory} is in use by process ${first.process.pid} on ${hostname()}`,
  );
  expect(message).toMatch(
    / since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z: stop it, or set DATA_DIR to another directory$/,
  );
});

test('a killed process leaves the directory free', async () => {
  const directory = await temporaryDirectory();
  for (let round = 0; round < 3; round += 1) {
    const holder = startProcess(directory);
    expect(await holder.result).toMatchObject({ locked: true });
    await kill(holder);
  }
});

test('a process that releases the directory leaves it free', async () => {
  const directory = await temporaryDirectory();
  const first = startProcess(directory);
  await first.result;
  first.process.send('release');
  await first.ended();
  expect(await startProcess(directory).result).toMatchObject({ locked: true });
});

test('of several processes that start together exactly one has the directory', async () => {
  const directory = await temporaryDirectory();
  for (let round = 0; round < 3; round += 1) {
    const processes = Array.from({ length: 6 }, () => startProcess(directory));
    const results = await Promise.all(processes.map(({ result }) => result));
    expect(results.filter(({ locked }) => locked)).toHaveLength(1);
    await Promise.all(processes.map(kill));
  }
});

test('one process cannot have the directory twice', async () => {
  const directory = await temporaryDirectory();
  const lock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
  lock.release();
  lockDirectory(directory).release();
});

test('a directory that cannot be written is not taken for one that is in use', async () => {
  const directory = join(await temporaryDirectory(), 'absent');
  expect(() => lockDirectory(directory)).toThrow(/unable to open/);
});

test('the lock says nothing on the standard error', async () => {
  const holder = startProcess(await temporaryDirectory());
  await holder.result;
  holder.process.send('release');
  await holder.ended();
  expect(holder.errors()).toBe('');
});
