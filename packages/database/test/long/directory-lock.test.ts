import { hostname } from 'node:os';
import { join } from 'node:path';
import { startChild, temporaryDirectory } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import { DirectoryInUseError, lockDirectory } from '../../src/directory-lock.ts';
import type { Message, Order } from './directory-lock-process.ts';

/** A process that is ready to take the directory. */
async function startProcess(directory: string) {
  const child = startChild<Message>(join(import.meta.dirname, 'directory-lock-process.ts'), [directory]);
  onTestFinished(() => void child.process.kill('SIGKILL'));
  const order = (what: Order) => child.process.send(what);
  await child.until((message) => message === 'ready' || undefined);
  return {
    pid: child.process.pid,
    take(moment = 0) {
      order(moment);
      return child.until((message) => (message === 'ready' ? undefined : message));
    },
    async release() {
      order('release');
      await child.ended();
    },
    async kill() {
      child.process.kill('SIGKILL');
      await child.ended();
    },
    errors: child.errors,
  };
}

test('a second process is refused and told which process has the directory, and since when', async () => {
  const directory = await temporaryDirectory();
  const [first, second] = await Promise.all([startProcess(directory), startProcess(directory)]);
  expect(await first.take()).toMatchObject({ locked: true });
  const { locked, message } = await second.take();
  expect(locked).toBe(false);
  expect(message).toContain(`the data directory ${directory} is in use by process ${first.pid} on ${hostname()}`);
  expect(message).toMatch(
    / since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z: stop it, or set DATA_DIR to another directory$/,
  );
});

test('a killed process leaves the directory free', async () => {
  const directory = await temporaryDirectory();
  for (let round = 0; round < 3; round += 1) {
    const holder = await startProcess(directory);
    expect(await holder.take()).toMatchObject({ locked: true });
    await holder.kill();
  }
});

test('a process that releases the directory leaves it free', async () => {
  const directory = await temporaryDirectory();
  const [first, second] = await Promise.all([startProcess(directory), startProcess(directory)]);
  await first.take();
  await first.release();
  expect(await second.take()).toMatchObject({ locked: true });
});

test('of several processes that start in the same moment exactly one has the directory', async () => {
  const directory = await temporaryDirectory();
  for (let round = 0; round < 3; round += 1) {
    const processes = await Promise.all(Array.from({ length: 4 }, () => startProcess(directory)));
    const moment = Date.now() + 20;
    const results = await Promise.all(processes.map(({ take }) => take(moment)));
    expect(results.filter(({ locked }) => locked)).toHaveLength(1);
    await Promise.all(processes.map(({ kill }) => kill()));
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
  const holder = await startProcess(await temporaryDirectory());
  await holder.take();
  await holder.release();
  expect(holder.errors()).toBe('');
});
