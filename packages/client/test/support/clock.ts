import type { Clock } from '../../src/index.ts';

interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

export interface FakeClock extends Clock {
  /** The length of each wait, the limit of a call not included. */
  readonly waits: number[];
  /** Lets the limit of the one call that is under way pass. */
  expire(): void;
}

/**
 * A clock for one call at a time. The first timer is the limit of the call. Once there is a second one, the call does
 * nothing but wait, so the time moves on to whichever is due first.
 */
export function fakeClock(now = Date.UTC(2026, 0, 1)): FakeClock {
  const timers = new Set<Timer>();
  const waits: number[] = [];
  const fireFirst = (): void => {
    const [first] = [...timers].sort((a, b) => a.due - b.due);
    if (first === undefined) return;
    now = first.due;
    timers.delete(first);
    first.fire();
  };
  return {
    waits,
    now: () => now,
    expire: fireFirst,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const timer = { due: now + milliseconds, fire: resolve };
        const stop = (): void => {
          timers.delete(timer);
          reject(signal.reason);
        };
        signal.addEventListener('abort', stop, { once: true });
        timers.add(timer);
        if (timers.size === 1) return;
        waits.push(milliseconds);
        fireFirst();
      }),
  };
}
