import { setTimeout as delay } from 'node:timers/promises';

/**
 * What an error of the database means (rule H20): try again at once, tell the client to come back later, or a fault of
 * this program.
 */
export type OutageClass = 'retry' | 'unavailable' | 'bug';

const RETRY_STATES = new Set(['40001', '40P01']);

/** Classes of SQLSTATE (PostgreSQL, Appendix A): connection, resources, operator intervention, system error. */
const UNAVAILABLE_CLASSES = ['08', '53', '57', '58'];

/** Lock not available, a standby that takes no writes, and a transaction that was idle or long for too long. */
const UNAVAILABLE_STATES = new Set(['55P03', '25006', '25P03', '25P04']);

const UNAVAILABLE_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EMFILE',
  'ENFILE',
]);

/** What the drivers throw without any code. */
const UNAVAILABLE_MESSAGES = [
  /^timeout e(xceeded when trying|xpired)/,
  /^Connection terminated/,
  /^Query read timeout$/,
  /^Client has encountered a connection error/,
  /^Client was closed/,
  /^Cannot use a pool after calling end/,
  /^PGlite is clos(ed|ing)/,
];

/** Tells what an error of a driver, or of the database behind it, means. */
export function classify(error: unknown): OutageClass {
  if (!(error instanceof Error)) return 'bug';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return UNAVAILABLE_MESSAGES.some((pattern) => pattern.test(error.message)) ? 'unavailable' : 'bug';
  if (RETRY_STATES.has(code)) return 'retry';
  if (UNAVAILABLE_SYSTEM_CODES.has(code) || UNAVAILABLE_STATES.has(code)) return 'unavailable';
  const isState = /^[0-9][0-9A-Z]{4}$/.test(code);
  return isState && UNAVAILABLE_CLASSES.includes(code.slice(0, 2)) ? 'unavailable' : 'bug';
}

export interface RetryOptions {
  /**
   * How often a statement is tried in all.
   * @default 5
   */
  readonly attempts?: number;
  /**
   * Milliseconds; the first pause is at most so long, each further one at most twice the one before.
   * @default 10
   */
  readonly firstPause?: number;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
  /** @default a timer */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** The database is out of reach or overloaded. The driver's error is the cause. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  /** Seconds after which it makes sense to try again. */
  readonly retryAfter = 5;

  constructor(cause: unknown) {
    super('the database is not available', { cause });
  }
}

/** Runs something against the database. */
export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes a guard that repeats work that lost a race and turns an outage into a {@link DatabaseUnavailableError}. The pauses are random
 * so that those who collided do not collide again. Every other error is thrown on as it is.
 */
export function guardAgainstOutage(options: RetryOptions = {}): Guard {
  const { attempts = 5, firstPause = 10, random = Math.random, sleep = delay } = options;
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const meaning = classify(error);
        if (meaning === 'bug') throw error;
        if (meaning === 'unavailable' || attempt >= attempts) throw new DatabaseUnavailableError(error);
        await sleep(random() * firstPause * 2 ** (attempt - 1));
      }
    }
  };
}
