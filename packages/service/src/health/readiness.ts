/** Something without which no request can be answered. */
export interface ReadinessCheck {
  /** As health checks tell it, for example `database`. */
  readonly name: string;
  /** Resolves if it is ready; a rejection, a `false` and silence mean that it is not. */
  readonly isReady: () => boolean | Promise<boolean>;
}

export interface ReadinessOptions {
  readonly checks: readonly ReadinessCheck[];
  /** A clock in milliseconds. */
  readonly now: () => number;
  /**
   * Milliseconds that the checks may take.
   * @default 500
   */
  readonly timeout?: number;
  /**
   * Milliseconds for which an answer is given again, so that health checks are no load.
   * @default 1000
   */
  readonly cacheAge?: number;
}

export interface Readiness {
  /** The names of what is not ready; empty if everything is. */
  notReady(): Promise<readonly string[]>;
  /** From now on the service is not ready, whatever the checks say. */
  drain(): void;
  isDraining(): boolean;
}

export function createReadiness({ checks, now, timeout = 500, cacheAge = 1000 }: ReadinessOptions): Readiness {
  let isDraining = false;
  let latest: Promise<readonly string[]> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  function check(): Promise<readonly string[]> {
    if (latest !== null && now() - askedAt < cacheAge) return latest;
    askedAt = now();
    latest = failing(checks, timeout);
    return latest;
  }

  return {
    async notReady() {
      return isDraining ? ['draining', ...(await check())] : check();
    },
    drain() {
      isDraining = true;
    },
    isDraining: () => isDraining,
  };
}

async function failing(checks: readonly ReadinessCheck[], timeout: number): Promise<readonly string[]> {
  const results = await Promise.all(checks.map(async (check) => ((await passes(check, timeout)) ? [] : [check.name])));
  return results.flat();
}

async function passes({ isReady }: ReadinessCheck, timeout: number): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, timeout, false);
  try {
    return await Promise.race([isReady(), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
