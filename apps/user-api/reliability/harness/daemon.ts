import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Identity } from '@contract-first/testing';
import { killTree } from '@contract-first/testing';
import { outputTail } from './output-tail.ts';

/** A program that runs until it is killed. */
export interface Daemon {
  /** The end of what it wrote. */
  readonly log: () => string;
  readonly hasEnded: () => boolean;
  /** Ends it and all that it has started at once (SIGKILL). */
  kill(): Promise<void>;
}

export interface DaemonOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Its home and working directory. */
  readonly directory: string;
  /** Whom it runs as; null for the user that runs this. */
  readonly identity: Identity | null;
  /** Variables beside those that every program gets. @default none */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Characters of the output that are kept. */
const LOG_LENGTH = 10_000;

export function startDaemon({ program, args, directory, identity, environment }: DaemonOptions): Daemon {
  // In a group of its own Ctrl-C does not reach it.
  const child = spawn(program, args, {
    ...identity,
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: directory, LC_ALL: 'C.UTF-8', ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = outputTail(child, LOG_LENGTH);
  let failure = '';
  // Whoever waits for it sees that it is not there, and tells what it wrote.
  const ended = once(child, 'exit').catch((error: unknown) => {
    failure = String(error);
  });
  const hasEnded = (): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    log: () => tail() + failure,
    hasEnded,
    async kill() {
      if (child.pid !== undefined && !hasEnded()) await killTree(child.pid);
      await ended;
    },
  };
}
