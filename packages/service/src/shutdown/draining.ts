import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { ShutdownStep } from './shutdown.ts';

export interface DrainOptions {
  readonly app: FastifyInstance;
  /** Milliseconds in which requests are still taken, so that those who send them can turn elsewhere. */
  readonly delay: number;
  /** Reports the service as not ready. */
  readonly drain: () => void;
}

/** The steps by which a server stops without failing a request (rule R6), in their order. */
export function drainSteps({ app, delay, drain }: DrainOptions): readonly ShutdownStep[] {
  return [
    { name: 'report as not ready', run: drain },
    { name: 'wait until requests go elsewhere', run: () => wait(delay) },
    { name: 'finish the requests', run: () => finishRequests(app) },
  ];
}

const SWEEP_MILLISECONDS = 50;

/**
 * Stops listening and waits for the requests in flight. A connection whose last reply was written just before the stop
 * became known does not end by itself when it gets idle.
 */
async function finishRequests(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MILLISECONDS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}
