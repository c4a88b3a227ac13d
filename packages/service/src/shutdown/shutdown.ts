import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';

/** One thing that is to be done before the process ends. */
export interface ShutdownStep {
  /** For the log, for example `close the database`. */
  readonly name: string;
  readonly run: () => unknown;
}

export interface ShutdownOptions {
  /** Done one after the other. A step that fails does not keep the following ones from being done. */
  readonly steps: readonly ShutdownStep[];
  /** Milliseconds for all steps together. */
  readonly timeout: number;
  readonly logger: Pick<Logger, 'info' | 'error' | 'fatal'>;
  /**
   * Milliseconds within which a repeated signal counts as the same one: Ctrl-C reaches a process that npm started twice,
   * from the terminal and from npm.
   * @default 500
   */
  readonly repeatWindow?: number;
}

/** A stop that was prepared. */
export interface Shutdown {
  /** Stops as SIGTERM does. */
  stop(): void;
  /** Leaves signals and errors to others again. */
  uninstall(): void;
}

/**
 * Prepares the end of the process. SIGTERM, SIGINT, SIGHUP and SIGQUIT let it do its steps and exit with 0. It exits
 * with 1 if a step fails or the steps take too long, at a second signal, and, after the steps, for an error that nobody
 * caught.
 */
export function prepareShutdown(options: ShutdownOptions): Shutdown {
  const { steps, timeout, logger, repeatWindow = 500 } = options;
  const grace = closeWithGrace(
    {
      delay: timeout,
      logger: false,
      skip: [...OWN_SIGNALS, ...LEFT_ALONE],
      onTimeout: () => logger.fatal({ timeout }, 'the steps of stopping took too long: exiting without the rest'),
      onSecondSignal: (signal) => logger.fatal({ signal }, 'second signal: exiting at once'),
      onSecondError: (error) =>
        logger.fatal({ err: error }, 'an error that nobody caught while stopping: exiting at once'),
    },
    async ({ err, signal, manual }) => {
      if (signal !== undefined) logger.info({ signal }, 'stopping');
      const isAsked = manual === true || signal !== undefined;
      if (!isAsked) logger.fatal({ err: err ?? null }, 'an error that nobody caught: stopping');
      const isComplete = await runSteps(steps, logger);
      // Something falsy can be thrown too, and would be taken for a normal end.
      if (!isComplete || !isAsked) throw new Error('not stopped in order');
      logger.info('stopped');
    },
  );
  const forget = onSignals(repeatWindow, logger, grace.close);
  return {
    stop: grace.close,
    uninstall() {
      forget();
      grace.uninstall();
    },
  };
}

const OWN_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Faults of the machine code, after which no more JavaScript can run safely, and what is no order to stop. */
const LEFT_ALONE = ['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGUSR2', 'beforeExit'] as const;

function onSignals(repeatWindow: number, logger: ShutdownOptions['logger'], stop: () => void): () => void {
  let first: number | null = null;
  const listener = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (first === null) {
      first = now;
      logger.info({ signal }, 'stopping');
      stop();
    } else if (now - first >= repeatWindow) {
      logger.fatal({ signal }, 'second signal: exiting at once');
      process.exit(1);
    }
  };
  for (const signal of OWN_SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of OWN_SIGNALS) process.off(signal, listener);
  };
}

async function runSteps(steps: readonly ShutdownStep[], logger: ShutdownOptions['logger']): Promise<boolean> {
  let isComplete = true;
  for (const { name, run } of steps) {
    try {
      await run();
    } catch (error) {
      isComplete = false;
      logger.error({ err: error, step: name }, 'a step of stopping failed');
    }
  }
  return isComplete;
}
