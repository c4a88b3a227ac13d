import { fileURLToPath } from 'node:url';
import type { Area, Mutant } from '../mutant.ts';
import type { Tree } from '../tree.ts';
import { firstLine, runScript } from './command.ts';
import { eachAlone, type Finding, type Gate } from './gate.ts';
import type { Generation } from './generation.ts';

/** What is compiled together for a change in an area: the packages whose types may depend on it. */
const affected: Readonly<Record<Area, readonly string[]>> = {
  contract: ['packages/contract', 'packages/client', 'packages/conformance', 'apps/*'],
  server: ['packages/server', 'apps/*'],
  client: ['packages/client', 'apps/*'],
};

const types = 'packages/contract/src/types.gen.ts';

/** TypeScript over all affected packages at once, reusing what did not change. */
export function typesGate(tree: Tree, generation: Generation, areas: readonly Area[]): Gate {
  const compile = async (area: Area): Promise<string | null> => {
    const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));
    const { passed, output } = await runScript(tsc, ['-p', `drift-${area}.tsconfig.json`], tree.folder);
    return passed ? null : firstLine(output);
  };
  const configure = (area: Area): void => tree.change({ [`drift-${area}.tsconfig.json`]: configuration(area) });
  const check = async (mutant: Mutant): Promise<Pick<Finding, 'complaint'>> => {
    const changes = await generation.changesOf(mutant);
    if (mutant.area === 'contract' && withoutComments(changes[types]) === withoutComments(tree.read(types))) {
      // Nothing that the compiler looks at has changed.
      return { complaint: null };
    }
    tree.change(changes);
    configure(mutant.area);
    try {
      return { complaint: await compile(mutant.area) };
    } finally {
      tree.restore();
    }
  };
  return {
    name: 'types',
    applies: ({ mode }) => mode !== 'unregenerated',
    assertGreen: async () => {
      for (const area of areas) {
        configure(area);
        const complaint = await compile(area).finally(() => tree.restore());
        if (complaint !== null) throw new Error(complaint);
      }
    },
    check: (mutants, context) => eachAlone(mutants, context, check),
  };
}

function configuration(area: Area): string {
  return JSON.stringify({
    extends: './tsconfig.base.json',
    compilerOptions: { incremental: true, tsBuildInfoFile: `./.turbo/drift-${area}.tsbuildinfo` },
    include: affected[area].flatMap((folder) => [`${folder}/src`, `${folder}/test`]),
  });
}

function withoutComments(text = ''): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s+/g, ' ');
}
