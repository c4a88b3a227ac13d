import { globSync } from 'node:fs';
import { CONTRACT_AREA, type DriftConfiguration, type SourceArea } from '../configuration/configuration.ts';
import { contractMutants } from '../contract/contract-mutants.ts';
import type { Tree } from '../run/tree.ts';
import { parseReplacements } from '../source/replacement.ts';
import { sourceMutants } from '../source/source-mutants.ts';
import type { Mutant } from './mutant.ts';

/** Every mutant of the given areas, in a stable order. */
export function allMutants(tree: Tree, { contract, areas }: DriftConfiguration, names: readonly string[]): Mutant[] {
  return names.flatMap((name) => {
    if (name === CONTRACT_AREA) return contractMutants(tree.read(contract.document), contract.document);
    const area = areas[name];
    return area === undefined ? [] : areaMutants(tree, name, area);
  });
}

function areaMutants(tree: Tree, area: string, { sources, replacements }: SourceArea): Mutant[] {
  const files = globSync(sources, { cwd: tree.folder }).sort();
  const listed = replacements.flatMap((file) => parseReplacements(tree.read(file), file));
  return sourceMutants({ area, files, replacements: listed }, (file) => tree.read(file));
}
