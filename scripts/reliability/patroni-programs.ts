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

/** @returns the names of the missing Debian packages if there are any */
export function findPatroniPrograms(): PatroniPrograms | { readonly missing: readonly string[] } {
  const postgres = dirname(findBinaries()?.postgres ?? '/');
  const isWhole = postgresPrograms.every((name) => existsSync(join(postgres, name)));
  const patroni = onPath('patroni');
  const etcd = onPath('etcd');
  if (isWhole && patroni !== null && etcd !== null) return { patroni, etcd, postgres };
  const packages = { postgresql: isWhole, patroni: patroni !== null, 'etcd-server': etcd !== null };
  return { missing: Object.entries(packages).flatMap(([name, isThere]) => (isThere ? [] : [name])) };
}

function onPath(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}
