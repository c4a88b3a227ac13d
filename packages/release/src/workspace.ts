import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The top level of the repository, with a slash at the end. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Conditions of `exports` by file, or more of the same below. */
export type Exports = { readonly [key: string]: string | Exports };

export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly exports?: Exports;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Package {
  /** Relative to the top level, for example `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Every package of the workspace, sorted by folder.
 *
 * @param top the top level, with a slash at the end
 */
export function packages(top: string = root): Package[] {
  const folders = globSync(['packages/*', 'apps/*'], { cwd: top }).sort();
  return folders
    .filter((folder) => existsSync(`${top}${folder}/package.json`))
    .map((folder) => ({ folder, manifest: manifest(`${top}${folder}`) }));
}

function manifest(folder: string): Manifest {
  // npm refuses to install a workspace whose package.json is not one.
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
}
