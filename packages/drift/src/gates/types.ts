import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CONTRACT_AREA, type DriftConfiguration } from '../configuration/configuration.ts';
import type { Mutant } from '../mutants/mutant.ts';
import type { Tree } from '../run/tree.ts';
import { firstLine, runScript } from './command.ts';
import { eachAlone, type Finding, type Gate } from './gate.ts';
import type { Generation } from './generation.ts';

/**
 * TypeScript, reusing what did not change: over the packages that use the contract, or over the one whose source
 * changes, for what is inside of its functions does not change the types of others.
 */
export function typesGate(
  tree: Tree,
  generation: Generation,
  { contract, areas }: DriftConfiguration,
  names: readonly string[],
): Gate {
  const types = `${contract.generated}/types.gen.ts`;
  const foldersOf = (scope: string): readonly string[] => (scope === CONTRACT_AREA ? contract.compiled : [scope]);
  const compile = async (scope: string): Promise<string | null> => {
    // The repository's own compiler, not that of this package.
    const manifest = createRequire(tree.path('package.json')).resolve('typescript/package.json');
    const tsc = join(dirname(manifest), 'bin/tsc');
    const { passed, output } = await runScript(tsc, ['-p', configurationFile(scope)], tree.folder);
    return passed ? null : firstLine(output);
  };
  const configure = (scope: string): void =>
    tree.change({ [configurationFile(scope)]: compilerSettings(foldersOf(scope)) });
  const check = async (mutant: Mutant): Promise<Pick<Finding, 'complaint'>> => {
    const changes = await generation.changesOf(mutant);
    if (mutant.area === CONTRACT_AREA && withoutComments(changes[types]) === withoutComments(tree.read(types))) {
      // Nothing that the compiler looks at has changed.
      return { complaint: null };
    }
    tree.change(changes);
    const scope = scopeOf(mutant);
    configure(scope);
    try {
      return { complaint: await compile(scope) };
    } finally {
      tree.restore();
    }
  };
  return {
    name: 'types',
    // What breaks a rule of behaviour has to be noticed by the rule's tests.
    applies: ({ mode, rule }) => mode !== 'unregenerated' && rule === undefined,
    assertGreen: async () => {
      const scopes = names.flatMap((name) => (name === CONTRACT_AREA ? [name] : (areas[name]?.compiled ?? [])));
      for (const scope of scopes) {
        configure(scope);
        const complaint = await compile(scope).finally(() => tree.restore());
        if (complaint !== null) throw new Error(complaint);
      }
    },
    check: (mutants, context) => eachAlone(mutants, context, check),
  };
}

function scopeOf({ area, file }: Mutant): string {
  return area === CONTRACT_AREA ? area : file.split('/').slice(0, 2).join('/');
}

function configurationFile(scope: string): string {
  return `drift-${scope.replaceAll('/', '-')}.tsconfig.json`;
}

function compilerSettings(folders: readonly string[]): string {
  return JSON.stringify({
    extends: './tsconfig.base.json',
    compilerOptions: {
      incremental: true,
      tsBuildInfoFile: `./.turbo/drift-${folders.join('-').replaceAll('/', '-')}.tsbuildinfo`,
      // Who takes out a check takes out what only that used, too: this must not be all that notices it.
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    include: folders.flatMap((folder) => [`${folder}/src`, `${folder}/test`]),
  });
}

function withoutComments(text = ''): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s+/g, ' ');
}
