import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A PostgreSQL that belongs to one file of tests, which may stop it. */
export interface PostgresProcess {
  readonly url: string;
  stop(): Promise<unknown>;
  /** Ends without saving anything, as in a crash. */
  crash(): Promise<unknown>;
  start(): Promise<unknown>;
  /** @returns the URL of a standby that follows it */
  standby(): Promise<string>;
}

const script = join(import.meta.dirname, '../../postgres/postgres.ts');

/**
 * Starts a server; it is removed after the tests of the file.
 *
 * @param settings of postgresql.conf, as `name=value`
 */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresProcess> {
  const child = fork(script, [...settings], {
    execArgv: ['--conditions=source'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit').then(() => {
    throw new Error('the server ended');
  });
  exit.catch(() => undefined);
  // The script answers every order with a URL.
  const answer = async (): Promise<string> => String((await Promise.race([once(child, 'message'), exit]))[0]);
  const order = (name: string): Promise<string> => {
    child.send(name);
    return answer();
  };
  afterAll(async () => {
    child.kill('SIGTERM');
    await exit.catch(() => undefined);
  });
  return {
    url: await answer(),
    stop: () => order('stop'),
    crash: () => order('crash'),
    start: () => order('start'),
    standby: () => order('standby'),
  };
}
