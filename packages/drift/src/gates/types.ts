import { fileURLToPath } from 'node:url';
import type { Area, Mutant } from '../mutant.ts';
import type { Tree } from '../tree.ts';
import { firstLine, runScript } from './command.ts';
import { eachAlone, type Finding, type Gate } from './gate.ts';
import type { Generation } from './generation.ts';

/** What is compiled together when the contract changes: the packages whose types are made of it. */
const contractUsers = ['packages/contract', 'packages/client', 'packages/conformance', 'apps/*'];

const types = 'packages/contract/src/types.gen.ts';

/**
 * TypeScript, reusing what did not change: over the packages that use the contract, or over the one whose source
 * changes, for what is inside of its functions does not change the types of others.
 */
export function typesGate(tree: Tree, generation: Generation, areas: readonly Area[]): Gate {
  const compile = async (scope: string): Promise<string | null> => {
    const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));
    const { passed, output } = await runScript(tsc, ['-p', configurationFile(scope)], tree.folder);
    return passed ? null : firstLine(output);
  };
  const configure = (scope: string): void => tree.change({ [configurationFile(scope)]: configuration(scope) });
  const check = async (mutant: Mutant): Promise<Pick<Finding, 'complaint'>> => {
    const changes = await generation.changesOf(mutant);
    if (mutant.area === 'contract' && withoutComments(changes[types]) === withoutComments(tree.read(types))) {
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
      for (const scope of areas.flatMap((area) => scopes[area])) {
        configure(scope);
        const complaint = await compile(scope).finally(() => tree.restore());
        if (complaint !== null) throw new Error(complaint);
      }
    },
    check: (mutants, context) => eachAlone(mutants, context, check),
  };
}

const contractScope = 'contract';

/** What is compiled for an area, for the check without a mutant. */
const scopes: Readonly<Record<Area, readonly string[]>> = {
  contract: [contractScope],
  client: ['packages/client'],
  server: ['packages/core', 'packages/server', 'packages/service', 'packages/access-token', 'apps/user-api'],
};

function scopeOf({ area, file }: Mutant): string {
  return area === 'contract' ? contractScope : file.split('/').slice(0, 2).join('/');
}

function configurationFile(scope: string): string {
  return `drift-${scope.replaceAll('/', '-')}.tsconfig.json`;
}

function configuration(scope: string): string {
  const folders = scope === contractScope ? contractUsers : [scope];
  return JSON.stringify({
    extends: './tsconfig.base.json',
    compilerOptions: {
      incremental: true,
      tsBuildInfoFile: `./.turbo/${configurationFile(scope)}.tsbuildinfo`,
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
