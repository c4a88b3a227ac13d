import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBinaries } from '../postgres-binaries.ts';

/** Where the programs of a cluster that fails over are on this machine. */
export interface PatroniPrograms {
  readonly patroni: string;
  readonly etcd: string;
  /** The folder of PostgreSQL's programs. */
  readonly postgres: string;
}

/** What Patroni calls of PostgreSQL. */
const postgresPrograms = ['postgres', 'initdb', 'pg_ctl', 'pg_controldata', 'pg_basebackup', 'pg_rewind'];

/** @throws {Error} that says what to install, if one of them is missing */
export function requirePatroniPrograms(): PatroniPrograms {
  const postgres = dirname(findBinaries()?.postgres ?? '/');
  const isWhole = postgresPrograms.every((name) => existsSync(join(postgres, name)));
  const patroni = onPath('patroni');
  const etcd = onPath('etcd');
  if (isWhole && patroni !== null && etcd !== null) return { patroni, etcd, postgres };
  const packages = { postgresql: isWhole, patroni: patroni !== null, 'etcd-server': etcd !== null };
  const missing = Object.entries(packages).flatMap(([name, isThere]) => (isThere ? [] : [name]));
  const names = missing.join(' ');
  throw new Error(`Programs are missing: install ${names} (Debian: apt-get install ${names}).`);
}

function onPath(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}
