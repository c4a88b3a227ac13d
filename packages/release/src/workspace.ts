import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The top level of the repository, with a slash at the end. */
export const root = workspaceRoot(isInstalled() ? process.cwd() : import.meta.dirname);

/**
 * The nearest folder above whose package.json has workspaces.
 *
 * @returns the folder with a slash at the end
 * @throws {Error} if there is none
 */
export function workspaceRoot(from: string): string {
  const file = join(from, 'package.json');
  if (existsSync(file) && 'workspaces' in JSON.parse(readFileSync(file, 'utf8'))) return `${from}/`;
  if (dirname(from) === from) throw new Error('No folder above has a package.json with workspaces.');
  return workspaceRoot(dirname(from));
}

/** As a part of the workspace this file tells where that is, as an installed package it does not. */
function isInstalled(): boolean {
  return import.meta.dirname.includes('/node_modules/');
}

/** Conditions of `exports` by file, or more of the same below. */
export type Exports = { readonly [key: string]: string | Exports };

export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly engines?: { readonly node?: string };
  readonly exports?: Exports;
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
