import type { Gate } from '../gates/gate.ts';
import { Generation, generateGate } from '../gates/generation.ts';
import { ImportGraph } from '../gates/import-graph.ts';
import { lintGate } from '../gates/lint.ts';
import { releasedGate } from '../gates/released.ts';
import { testsGate } from '../gates/tests.ts';
import { typesGate } from '../gates/types.ts';
import { allMutants } from '../mutants/all-mutants.ts';
import type { Job, Message, WorkerSetup } from './messages.ts';
import { Tree } from './tree.ts';
import { tryMutants } from './try-mutants.ts';

/** A process that tries mutants in its own copy of the sources. Started with its setup as JSON, told jobs by messages. */

// Only the pool starts this process, with what it has serialized itself.
const setup = JSON.parse(process.argv[2] ?? '') as WorkerSetup;

const tree = new Tree(setup.folder);
const mutants = new Map(allMutants(tree, setup.configuration, setup.areas).map((mutant) => [mutant.id, mutant]));
const { configuration, areas } = setup;
const { document, generated } = configuration.contract;
const generation = new Generation(tree, generated);
const gates: readonly Gate[] = [
  generateGate(tree, generation, document),
  ...(setup.diff === 'off' ? [] : [releasedGate(tree, document)]),
  lintGate(tree, document),
  typesGate(tree, generation, configuration, areas),
  testsGate(tree, generation, new ImportGraph(setup.folder), configuration),
];

function tell(message: Message): void {
  process.send?.(message);
}

async function start(): Promise<void> {
  for (const gate of gates) {
    tell({ type: 'progress', gate: gate.name, ids: [] });
    await gate.assertGreen().catch((cause: unknown) => {
      throw new Error(`the gate ${gate.name} is red without any mutant: ${String(cause)}`, { cause });
    });
  }
  tell({ type: 'ready' });
}

async function work({ ids, hints }: Job): Promise<void> {
  const chosen = ids.flatMap((id) => mutants.get(id) ?? []);
  const results = await tryMutants(chosen, gates, {
    hints,
    goesOnAfterDiff: setup.diff === 'on',
    onProgress: (gate, shown) => tell({ type: 'progress', gate, ids: shown.map(({ id }) => id) }),
  });
  generation.forget();
  tell({ type: 'done', results });
}

function fail(error: unknown): void {
  tell({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

process.on('message', (job: Job) => void work(job).catch(fail));
// Whoever started this process is gone.
process.on('disconnect', () => process.exit());
start().catch(fail);
