import type { Command } from 'commander';
import { count, createProgram, decimal, randomSeed, type Settings, setting } from '../harness/program.ts';

/**
 * Milliseconds. What a request may wait for by the settings of the service: the event loop (MAX_EVENT_LOOP_DELAY, 500),
 * a connection to the database (800), its statement (800); and the 250 of the part of a second in which the delay is
 * measured. In practice one of them is at its limit, not all.
 */
const BOUND = 2_350;

export interface OverloadOptions {
  readonly seconds: number;
  readonly times: number;
  readonly clients: number;
  readonly connections: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly seed: string;
  readonly setting: Settings;
}

const description = `Starts a PostgreSQL and the service, finds out how many requests a second the service can answer (a closed loop of
clients that read and change their records), and then offers a multiple of that at moments that were planned before (an
open loop: nothing waits for an answer). Latencies count from the planned moment. Exits with 1 if anything else comes
than 200, 429 and 503, if a refusal has no Retry-After, if the 99th percentile of the accepted is beyond the bound, if
next to nothing is accepted, if the service is not itself again at once afterwards, or if the generator was late itself.`;

/** `test:overload`, whose options are {@link OverloadOptions}. */
export function overloadCommand(): Command {
  return createProgram('test:overload', description)
    .option('--seconds <number>', 'how long too much is offered', count, 20)
    .option('--times <number>', 'how much: that many times what it can answer', decimal, 3)
    .option('--clients <number>', 'of the closed loop', count, 64)
    .option('--connections <number>', 'over which too much is offered, all of them open before', count, 1500)
    .option('--p99 <milliseconds>', 'within which 99 % of the accepted have to be answered', count, BOUND)
    .option('--seed <text>', 'what the moments depend on (default: another one each time)', randomSeed())
    .option(
      '--setting <NAME=VALUE>',
      'of the service; may be repeated. With MAX_IN_FLIGHT=0, MAX_DATABASE_QUEUE=0 and MAX_EVENT_LOOP_DELAY=0 it takes everything, which shows that it is noticed',
      setting,
      {},
    );
}
