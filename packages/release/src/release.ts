import { readFileSync } from 'node:fs';
import type { Manifest } from './workspace.ts';
import { packages, root } from './workspace.ts';

/** What was released: a contract, and the packages that carry it to others. */
export interface Release {
  /** The text of the contract, OpenAPI 3.1 as YAML. */
  readonly text: string;
  /** By package name. */
  readonly versions: Readonly<Record<string, string>>;
}

export const contractFile = 'openapi.yaml';

/** Where the last release is kept, relative to the top level. */
export const releasedContractFile = 'packages/contract/released/openapi.yaml';
export const releasedVersionsFile = 'packages/contract/released/versions.json';

/** The packages whose versions tell of a change of the contract. */
const carriers = ['@contract-first/client', '@user-api/contract'];

/** What was released last. */
export function lastRelease(): Release {
  // Only `npm run diff -- --release` writes the file.
  const versions = JSON.parse(readFileSync(root + releasedVersionsFile, 'utf8')) as Release['versions'];
  return { text: readFileSync(root + releasedContractFile, 'utf8'), versions };
}

/** What would be released today. */
export function workingTree(): Release {
  const manifests = packages().map(({ manifest }) => manifest);
  return { text: readFileSync(root + contractFile, 'utf8'), versions: versionsOf(manifests) };
}

function versionsOf(manifests: readonly Manifest[]): Release['versions'] {
  const carrying = manifests.filter(({ name }) => carriers.includes(name));
  return Object.fromEntries(carrying.map(({ name, version }) => [name, version ?? '']));
}

/** @throws {Error} if the document has no `info.version` */
export function contractVersion(document: unknown): string {
  const version = hasInfo(document) ? document.info.version : undefined;
  if (typeof version === 'string') return version;
  throw new Error('The contract has no info.version: write it as a text such as 1.2.3.');
}

function hasInfo(document: unknown): document is { readonly info: { readonly version?: unknown } } {
  const info = typeof document === 'object' && document !== null && 'info' in document ? document.info : null;
  return typeof info === 'object' && info !== null;
}
