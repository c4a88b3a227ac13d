import type { Exports } from '@contract-first/release';

/** What `npm pack --json` tells of one package. */
export interface PackedPackage {
  readonly name: string;
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** The files that `exports` names but the package does not hold. */
export function missingTargets(exports: Exports | undefined, { files }: PackedPackage): string[] {
  if (exports === undefined) return ['nothing'];
  const held = new Set(files.map(({ path }) => `./${path}`));
  return targets(exports).filter((target) => !held.has(target));
}

/** The condition `source` is for the workspace alone, where the sources are. */
function targets(exports: Exports): string[] {
  return Object.entries(exports).flatMap(([condition, target]) => {
    if (condition === 'source') return [];
    return typeof target === 'string' ? [target] : targets(target);
  });
}

/** The files that are neither built nor part of every npm package. */
export function strayFiles({ files }: PackedPackage): string[] {
  const expected = /^(?:dist\/|package\.json$|README|LICENSE)/;
  return files.map(({ path }) => path).filter((path) => !expected.test(path));
}
