import { fileURLToPath } from 'node:url';
import type { Mutant } from '../mutants/mutant.ts';
import type { Tree } from '../run/tree.ts';
import { runScript } from './command.ts';
import type { Finding, Gate } from './gate.ts';

interface Report {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly source: { readonly ref: string } }[];
  }[];
}

/** Redocly with the project's own rules. All documents are linted at once: the start costs more than a document. */
export function lintGate(tree: Tree, contractFile: string): Gate {
  const lint = async (texts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> => {
    tree.change(Object.fromEntries(texts));
    try {
      return complaints(await redocly(tree.folder, [...texts.keys()]));
    } finally {
      tree.restore();
    }
  };
  return {
    name: 'lint',
    applies: ({ mode }) => mode === 'regenerated',
    assertGreen: async () => {
      const [complaint] = (await lint(new Map([['drift-0.yaml', tree.read(contractFile)]]))).values();
      if (complaint !== undefined) throw new Error(complaint);
    },
    check: async (mutants, { onProgress }) => {
      if (mutants.length === 0) return [];
      onProgress(mutants);
      const start = performance.now();
      const files = new Map(mutants.map((mutant, index) => [`drift-${index}.yaml`, mutant.text()]));
      const found = await lint(files);
      const seconds = (performance.now() - start) / 1000 / mutants.length;
      return mutants.map((mutant: Mutant, index): Finding => {
        return { mutant, complaint: found.get(`drift-${index}.yaml`) ?? null, seconds };
      });
    },
  };
}

async function redocly(folder: string, files: readonly string[]): Promise<string> {
  const cli = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
  const { output } = await runScript(cli, ['lint', '--format=json', '--max-problems=1000000', ...files], folder);
  return output;
}

/** The first complaint about each file. Redocly prints one JSON document a file, and other lines between them. */
function complaints(output: string): ReadonlyMap<string, string> {
  const documents = [...output.matchAll(/^\{$[\s\S]*?^\}/gm)].map(([text]) => text);
  if (documents.length === 0) throw new Error(`redocly printed no report:\n${output}`);
  const first = new Map<string, string>();
  for (const document of documents) {
    // The shape is Redocly's own.
    for (const { ruleId, message, location } of (JSON.parse(document) as Report).problems) {
      const file = location[0]?.source.ref.split('/').at(-1) ?? '';
      if (!first.has(file)) first.set(file, `${ruleId}: ${message}`);
    }
  }
  return first;
}
