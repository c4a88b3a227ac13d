import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '@contract-first/testing';
import { killTree } from '@contract-first/testing';
import { type Daemon, startDaemon } from '../harness/daemon.ts';
import { type PatroniNodeSettings, patroniConfiguration } from './patroni-configuration.ts';

/** A PostgreSQL that Patroni starts and looks after. */
export interface PatroniNode {
  readonly name: string;
  /** URL of Patroni's REST API. */
  readonly rest: string;
  /** Port of PostgreSQL. */
  readonly port: number;
  readonly log: () => string;
  start(): void;
  /** Ends Patroni and PostgreSQL at once (SIGKILL). */
  kill(): Promise<void>;
}

export interface PatroniNodeOptions extends Omit<PatroniNodeSettings, 'data' | 'passwordFile'> {
  readonly patroni: string;
  /** Made for it. */
  readonly directory: string;
  readonly identity: Identity | null;
}

/** Makes a node. It is not started yet. */
export function createPatroniNode({ patroni, directory, identity, ...settings }: PatroniNodeOptions): PatroniNode {
  const data = join(directory, 'data');
  const file = join(directory, 'patroni.yml');
  mkdirSync(directory, { mode: 0o700 });
  writeFileSync(file, patroniConfiguration({ ...settings, data, passwordFile: join(directory, 'pgpass') }));
  if (identity !== null) for (const path of [directory, file]) chownSync(path, identity.uid, identity.gid);
  let daemon: Daemon | null = null;
  return {
    name: settings.name,
    rest: `http://127.0.0.1:${settings.ports.rest}`,
    port: settings.ports.postgres,
    log: () => daemon?.log() ?? '',
    start() {
      daemon = startDaemon({ program: patroni, args: [file], directory, identity });
    },
    async kill() {
      // PostgreSQL is no child of Patroni, and goes on without it.
      const server = serverOf(data);
      await Promise.all([daemon?.kill(), server === null ? null : killTree(server)]);
    },
  };
}

/** The process of a PostgreSQL server; null if none was started or it has stopped in order. */
function serverOf(data: string): number | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid] = readFileSync(file, 'utf8').split('\n');
  return Number(pid);
}
