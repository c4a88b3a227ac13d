import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBinaries } from '@contract-first/testing';

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
  const knowsEtcd = patroni !== null && canImport(patroni, 'etcd');
  if (isWhole && knowsEtcd && etcd !== null) return { patroni, etcd, postgres };
  const packages = {
    postgresql: isWhole,
    patroni: patroni !== null,
    'python3-etcd': knowsEtcd,
    'etcd-server': etcd !== null,
  };
  const missing = Object.entries(packages).flatMap(([name, isThere]) => (isThere ? [] : [name]));
  const names = missing.join(' ');
  throw new Error(`Programs are missing: install ${names} (Debian: apt-get install ${names}).`);
}

/** Patroni comes without what it needs for etcd where it has something else to keep its state in. */
function canImport(script: string, module: string): boolean {
  const [, interpreter = 'python3'] = /^#! *(\S*python\S*)/.exec(readFileSync(script, 'utf8')) ?? [];
  return spawnSync(interpreter, ['-c', `import ${module}`]).status === 0;
}

function onPath(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}
