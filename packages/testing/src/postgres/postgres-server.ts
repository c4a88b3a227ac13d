import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { killTree } from '../process-tree.ts';

/** Whom a process belongs to. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * `fast` ends every connection, `crash` saves nothing. With `kill` neither the server nor any of its processes gets to do
 * anything.
 */
export type Stop = 'fast' | 'crash' | 'kill';

/** A running PostgreSQL server. */
export interface Server {
  stop(how: Stop): Promise<void>;
}

/** What PostgreSQL's server does on these signals is in its manual, "Shutting Down the Server". */
const signals = { fast: 'SIGINT', crash: 'SIGQUIT' } as const;

/**
 * Starts a server, and resolves once it accepts connections.
 *
 * @param settings of postgresql.conf
 * @throws Error with what the server said if it ended instead
 */
export async function startServer(
  postgres: string,
  data: string,
  settings: Readonly<Record<string, string>>,
  identity: Identity | null,
): Promise<Server> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // In a group of its own Ctrl-C does not reach it: whoever started it stops it, after those who use it.
  const child = spawn(postgres, ['-D', data, ...options], {
    ...identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  await acceptsConnections(child);
  return {
    async stop(how) {
      if (how !== 'kill') child.kill(signals[how]);
      else if (child.pid !== undefined) await killTree(child.pid);
      await ended;
    },
  };
}

function acceptsConnections(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let log = '';
  child.on('error', reject);
  child.on('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-10_000);
    if (/ready to accept (read-only )?connections/.test(log)) resolve();
  });
  return promise;
}

/** A free port of 127.0.0.1, below those that the operating system gives to others meanwhile. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
}
