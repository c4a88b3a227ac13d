import type { Clock } from './clock.ts';
import { TimeoutError } from './errors.ts';

/** What ends a call before it is done. */
export interface Limits {
  readonly operationId: string;
  /** Milliseconds for everything together. */
  readonly timeout: number;
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
}

/**
 * Does work that ends in time, even if a part of it heeds no signal.
 *
 * @param work gets the signal that is aborted when the time is over or when the caller aborts
 * @throws {@link TimeoutError} when the time is over
 * @throws the reason of the caller's signal when that is aborted
 */
export async function withinLimits<T>(limits: Limits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { operationId, timeout, signal, clock } = limits;
  signal?.throwIfAborted();
  const limit = new AbortController();
  const done = new AbortController();
  signal?.addEventListener('abort', () => limit.abort(signal.reason), { signal: done.signal });
  clock.sleep(timeout, done.signal).then(
    () => limit.abort(new TimeoutError(operationId, timeout)),
    () => undefined,
  );
  try {
    return await Promise.race([work(limit.signal), rejectionOf(limit.signal)]);
  } finally {
    done.abort();
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
