import { readFileSync, writeFileSync } from 'node:fs';
import { isScalar, parseDocument } from 'yaml';
import { contractFile } from './release.ts';
import type { VersionDemand } from './release-verdict.ts';
import { packages, root } from './workspace.ts';

/** The parts of package.json and of an entry of package-lock.json that have versions of packages. */
interface Versioned {
  readonly name?: string;
  version?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/**
 * Writes the versions that are demanded into the contract, into each package's own package.json, wherever another
 * package names it, and into the lock file.
 *
 * @returns the files that were written, relative to the top level
 */
export function raiseVersions(demands: readonly VersionDemand[], folder: string = root): string[] {
  const contract = demands.find(({ what }) => what === contractFile);
  const versions = new Map(demands.map(({ what, least }) => [what, least]));
  const files = ['package-lock.json', ...packages(folder).map((each) => `${each.folder}/package.json`)];
  return [
    ...(contract === undefined
      ? []
      : rewrite(folder, contractFile, (text) => withContractVersion(text, contract.least))),
    ...files.flatMap((file) => rewrite(folder, file, (text) => withPackageVersions(text, versions))),
  ];
}

function rewrite(folder: string, file: string, change: (text: string) => string): string[] {
  const text = readFileSync(folder + file, 'utf8');
  const changed = change(text);
  if (changed === text) return [];
  writeFileSync(folder + file, changed);
  return [file];
}

/** Replaces nothing but the version, so that comments and layout stay. */
export function withContractVersion(text: string, version: string): string {
  const node: unknown = parseDocument(text).getIn(['info', 'version'], true);
  if (!isScalar(node) || !node.range) throw new Error('The contract has no info.version.');
  const [start, end] = node.range;
  return text.slice(0, start) + version + text.slice(end);
}

/** Takes package.json as well as package-lock.json; npm and Biome write both as JSON with two blanks. */
export function withPackageVersions(text: string, versions: ReadonlyMap<string, string>): string {
  // npm refuses to install with a file of another shape.
  const file = JSON.parse(text) as Versioned & { readonly packages?: Readonly<Record<string, Versioned>> };
  for (const entry of [...(file.packages ? Object.values(file.packages) : []), file]) raise(entry, versions);
  return `${JSON.stringify(file, null, 2)}\n`;
}

function raise(entry: Versioned, versions: ReadonlyMap<string, string>): void {
  const own = versions.get(entry.name ?? '');
  if (own !== undefined) entry.version = own;
  for (const dependencies of [entry.dependencies ?? {}, entry.devDependencies ?? {}]) {
    for (const name of Object.keys(dependencies)) dependencies[name] = versions.get(name) ?? dependencies[name] ?? '';
  }
}
