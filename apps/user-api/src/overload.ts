import { ProblemError, problem } from '@user-api/core';
import type { Admission } from '@user-api/server';
import type { FastifyInstance } from 'fastify';
import { watchEventLoopDelay } from './event-loop-delay.ts';

export type OverloadReason = 'database_queue' | 'event_loop_delay' | 'in_flight';

export interface OverloadOptions {
  /** Requests that may be worked on at once; 0 is no limit. */
  readonly maxInFlight: number;
  /** Statements that may wait for a connection to the database; 0 is no limit. */
  readonly maxDatabaseQueue: number;
  /** How many wait now. */
  readonly databaseQueue: () => number;
  /** Milliseconds that the event loop may be late; 0 is no limit. */
  readonly maxEventLoopDelay: number;
  /** Told of every request that was turned away. */
  readonly onShed?: (reason: OverloadReason) => void;
}

/** Always the same one: under overload, the stack of an error is what a refusal would cost most. */
const overloaded = new ProblemError(problem('serviceUnavailable'), { headers: { 'retry-after': '1' } });

/**
 * Turns requests away with 503 and Retry-After before anything is done for them, while there is more to do than can be
 * done in good time: those that were taken keep their latency (rule R8).
 */
export function overloadAdmission(options: OverloadOptions): (app: FastifyInstance) => Promise<Admission> {
  const { maxInFlight, maxDatabaseQueue, databaseQueue, maxEventLoopDelay, onShed = () => undefined } = options;
  return async (app) => {
    const delay = watchEventLoopDelay();
    app.addHook('onClose', async () => delay.stop());
    let inFlight = 0;

    function reasonToShed(): OverloadReason | null {
      if (maxInFlight > 0 && inFlight >= maxInFlight) return 'in_flight';
      if (maxDatabaseQueue > 0 && databaseQueue() >= maxDatabaseQueue) return 'database_queue';
      if (maxEventLoopDelay > 0 && delay.milliseconds() > maxEventLoopDelay) return 'event_loop_delay';
      return null;
    }

    return async (_request, reply) => {
      const reason = reasonToShed();
      if (reason !== null) {
        onShed(reason);
        throw overloaded;
      }
      inFlight += 1;
      // Comes once, whether the reply went out or the client left.
      reply.raw.once('close', () => {
        inFlight -= 1;
      });
    };
  };
}
