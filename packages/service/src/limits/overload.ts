import type { OverloadCheck } from '@contract-first/server';
import { type EventLoopDelay, watchEventLoopDelay } from './event-loop-delay.ts';

export const OVERLOAD_REASONS = ['database_queue', 'event_loop_delay', 'in_flight'] as const;

/** Why a request is turned away. */
export type OverloadReason = (typeof OVERLOAD_REASONS)[number];

export interface OverloadOptions {
  /** Requests that may be worked on at once; 0 is no limit. @default 0 */
  readonly maxInFlight?: number;
  /** Statements that may wait for a connection to the database; 0 is no limit. @default 0 */
  readonly maxDatabaseQueue?: number;
  /** How many wait now. */
  readonly databaseQueue: () => number;
  /** Milliseconds that the event loop may be late; 0 is no limit. @default 0 */
  readonly maxEventLoopDelay?: number;
  /** Told of every request that is turned away. */
  readonly onShed?: (reason: OverloadReason) => void;
}

export interface Overload {
  readonly isOverloaded: OverloadCheck;
  stop(): void;
}

/**
 * Finds out whether there is more to do than can be done in good time, so that the requests that were taken keep their
 * latency (rule R8). It counts them from when it is their turn until the reply went out or the client left.
 */
export function createOverload(options: OverloadOptions): Overload {
  const { maxInFlight = 0, maxDatabaseQueue = 0, maxEventLoopDelay = 0, databaseQueue, onShed } = options;
  let delay: EventLoopDelay | null = null;
  let inFlight = 0;

  function reasonToShed(): OverloadReason | null {
    if (maxInFlight > 0 && inFlight >= maxInFlight) return 'in_flight';
    if (maxDatabaseQueue > 0 && databaseQueue() >= maxDatabaseQueue) return 'database_queue';
    if (maxEventLoopDelay === 0) return null;
    // From the first request on: how long the start took is nobody's fault.
    delay ??= watchEventLoopDelay();
    return delay.milliseconds() > maxEventLoopDelay ? 'event_loop_delay' : null;
  }

  return {
    isOverloaded(_request, response) {
      const reason = reasonToShed();
      if (reason !== null) {
        onShed?.(reason);
        return true;
      }
      inFlight += 1;
      response.once('close', () => {
        inFlight -= 1;
      });
      return false;
    },
    stop: () => delay?.stop(),
  };
}
