import { type Release, releaseVerdict, workingTree } from '@contract-first/release';
import type { Tree } from '../run/tree.ts';
import { eachAlone, type Finding, type Gate } from './gate.ts';

/**
 * `npm run diff`, as if the contract without the mutant had been released: a change that nobody tells by a higher
 * `info.version` is refused.
 */
export function releasedGate(tree: Tree, contractFile: string): Gate {
  const { versions } = workingTree();
  const released: Release = { text: tree.read(contractFile), versions };
  const complaintOf = (text: string): string | null => {
    const { demands, changes } = releaseVerdict(released, { text, versions });
    if (demands.length === 0) return null;
    return `version not raised for ${changes.map(({ impact, pointer }) => `${impact} ${pointer}`).join(', ')}`;
  };
  return {
    name: 'diff',
    applies: ({ mode }) => mode === 'regenerated',
    assertGreen: async () => {
      const complaint = complaintOf(released.text);
      if (complaint !== null) throw new Error(complaint);
    },
    check: (mutants, context) =>
      eachAlone(mutants, context, async (mutant): Promise<Pick<Finding, 'complaint'>> => {
        return { complaint: complaintOf(mutant.text()) };
      }),
  };
}
