import { globSync } from 'node:fs';
import { contractMutants } from './contract/contract-mutants.ts';
import type { Area, Mutant } from './mutant.ts';
import { clientReplacements } from './source/client-replacements.ts';
import { serverReplacements } from './source/server-replacements.ts';
import { sourceMutants } from './source/source-mutants.ts';
import type { Tree } from './tree.ts';

export const contractFile = 'openapi.yaml';

/** Every mutant of the project, in a stable order. */
export function allMutants(tree: Tree, areas: readonly Area[]): Mutant[] {
  const read = (file: string): string => tree.read(file);
  const makers: Readonly<Record<Area, () => Mutant[]>> = {
    contract: () => contractMutants(read(contractFile), contractFile),
    client: () => {
      const files = sources(tree, ['packages/client/src/**/*.ts']);
      return sourceMutants({ area: 'client', files, replacements: clientReplacements }, read);
    },
    server: () => {
      const files = sources(tree, [
        'packages/server/src/**/*.ts',
        'apps/user-api/src/{users/{handlers,get-user,update-user,user-document,precondition},app}.ts',
      ]);
      return sourceMutants({ area: 'server', files, replacements: serverReplacements }, read);
    },
  };
  return areas.flatMap((area) => makers[area]());
}

function sources(tree: Tree, patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: tree.folder }).sort();
}
