import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './postgres-binaries.ts';
import { freePort, type Identity, type Server, type Stop, startServer } from './postgres-server.ts';

/** A PostgreSQL for tests: its data would not survive a loss of power, and is removed at the end. */
export interface Cluster {
  /** `postgres://…` of its superuser, on 127.0.0.1. */
  readonly url: string;
  /** Resolves once it accepts connections. */
  start(): Promise<void>;
  stop(how: Stop): Promise<void>;
  /** Makes a standby that follows it, and starts it. The cluster itself is restarted for that. */
  startStandby(): Promise<Cluster>;
  /** Stops it and its standbys, and removes their files. */
  remove(): Promise<void>;
}

/** What a test of the service needs. Waiting for the disk is what makes a server slow, and what a test needs least. */
const defaults = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_wal_size: '4GB',
  lc_messages: 'C',
};

/** Settings with which the disk is waited for, as in production. */
export const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/**
 * Makes a cluster in a temporary directory. It is not started yet.
 *
 * @param overrides settings of postgresql.conf
 * @throws Error with what `initdb` said
 */
export function createCluster(binaries: Binaries, overrides: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const identity = unprivilegedIdentity();
  const directory = mkdtempSync(join(tmpdir(), 'user-api-postgres-'));
  const parts: Parts = {
    binaries,
    directory,
    data: join(directory, 'data'),
    password: randomBytes(16).toString('hex'),
    identity,
    settings: { ...defaults, ...overrides },
  };
  try {
    if (identity !== null) chownSync(directory, identity.uid, identity.gid);
    initialise(parts);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  return openCluster(parts);
}

interface Parts {
  readonly binaries: Binaries;
  /** Has the data and those of the standbys. */
  readonly directory: string;
  readonly data: string;
  readonly password: string;
  readonly identity: Identity | null;
  readonly settings: Readonly<Record<string, string>>;
}

function initialise({ binaries, directory, data, password, identity }: Parts): void {
  const file = join(directory, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  if (identity !== null) chownSync(file, identity.uid, identity.gid);
  const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${file}`];
  const args = ['-D', data, ...access, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  execFileSync(binaries.initdb, args, { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  rmSync(file);
}

async function openCluster(parts: Parts): Promise<Cluster> {
  const { binaries, directory, data, password, identity, settings } = parts;
  const port = await freePort();
  const standbys: Cluster[] = [];
  let server: Server | null = null;

  const start = async (): Promise<void> => {
    server = await startServer(binaries.postgres, data, { ...settings, port: String(port) }, identity);
  };
  const stop = async (how: Stop): Promise<void> => {
    await server?.stop(how);
    server = null;
  };
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async startStandby() {
      await stop('fast');
      const copy = copyForStandby(parts, `standby-${standbys.length + 1}`);
      await start();
      const primary_conninfo = `host=127.0.0.1 port=${port} user=postgres password=${password}`;
      const standby = await openCluster({ ...parts, data: copy, settings: { ...settings, primary_conninfo } });
      standbys.push(standby);
      await standby.start();
      return standby;
    },
    async remove() {
      for (const standby of standbys) await standby.stop('fast');
      await stop('fast');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The copy of a stopped cluster is what a base backup would be. */
function copyForStandby({ directory, data, identity }: Parts, name: string): string {
  const copy = join(directory, name);
  cpSync(data, copy, { recursive: true });
  writeFileSync(join(copy, 'standby.signal'), '');
  chmodSync(copy, 0o700);
  if (identity !== null) {
    for (const file of ['', ...globSync('**', { cwd: copy })]) chownSync(join(copy, file), identity.uid, identity.gid);
  }
  return copy;
}

/**
 * Whom PostgreSQL can run as; it refuses to run as root.
 *
 * @returns null for the user that runs this
 */
export function unprivilegedIdentity(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody');
}
