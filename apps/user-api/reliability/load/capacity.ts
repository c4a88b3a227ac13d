import type { LoadThread } from './thread.ts';

/** Seconds. The compiler of Node needs some until the service is as fast as it gets. */
const closedLoop = { warmUp: 4, measured: 3 };

/** The best of some counts: what else the machine does takes capacity away, and nothing adds to it. */
const ROUNDS = 3;

/**
 * Finds out how much a service can answer, while every client waits for an answer before it sends the next request.
 *
 * @returns requests a second that are answered with 200
 */
export async function measureCapacity(thread: LoadThread, clients: number, signal: AbortSignal): Promise<number> {
  await thread.run({ kind: 'closed', clients, seconds: closedLoop.warmUp }, signal);
  const measured: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { accepted, answering } = await thread.run({ kind: 'closed', clients, seconds: closedLoop.measured }, signal);
    measured.push(accepted.count / answering);
  }
  return Math.max(...measured);
}
