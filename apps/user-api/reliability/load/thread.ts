import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LoadPhase, LoadTarget } from './generator.ts';
import type { LoadResult } from './result.ts';

/** A load generator that has a thread of its own, so that nothing else makes it late. */
export interface LoadThread extends AsyncDisposable {
  /** One phase at a time. */
  run(phase: LoadPhase, signal: AbortSignal): Promise<LoadResult>;
}

export function startLoadThread(target: LoadTarget): LoadThread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: target });
  return {
    async run(phase, signal) {
      worker.postMessage(phase);
      const [result] = await once(worker, 'message', { signal });
      // The thread sends nothing else.
      return result as LoadResult;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
