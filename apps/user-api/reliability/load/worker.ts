import { parentPort, workerData } from 'node:worker_threads';
import { LoadGenerator, type LoadPhase, type LoadTarget } from './generator.ts';

/** The thread of a load generator: takes phases, and answers each with its result. */

// It is started by load-thread.ts only, with a target.
const generator = new LoadGenerator(workerData as LoadTarget);

parentPort?.on('message', async (phase: LoadPhase) => {
  parentPort?.postMessage(await generator.run(phase));
});
