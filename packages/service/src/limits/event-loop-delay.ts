import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface EventLoopDelay {
  /** How late timers were on average, in milliseconds, over the last part of a second. */
  milliseconds(): number;
  stop(): void;
}

const RESOLUTION = 10;
const WINDOW = 250;
const NANOSECONDS = 1e6;

/** Watches how late the event loop is. It is looked at when somebody asks, so that no timer of ours keeps it busy. */
export function watchEventLoopDelay(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  let latest = 0;
  let measuredAt = performance.now();
  return {
    milliseconds() {
      const elapsed = performance.now() - measuredAt;
      if (elapsed < WINDOW) return latest;
      // Where so much is read that no timer gets its turn, there is no sample: they are late by all of the time.
      if (histogram.count === 0) return elapsed;
      latest = Math.max(0, histogram.mean / NANOSECONDS - RESOLUTION);
      histogram.reset();
      measuredAt += elapsed;
      return latest;
    },
    stop: () => void histogram.disable(),
  };
}
