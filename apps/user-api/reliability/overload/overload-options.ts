import { assignmentsOf, parseOptions, seedOption, settingOption } from '../harness/options.ts';

/**
 * Milliseconds. What a request may wait for by the settings of the service: the event loop (MAX_EVENT_LOOP_DELAY, 500),
 * a connection to the database (800), its statement (800); and the 250 of the part of a second in which the delay is
 * measured. In practice one of them is at its limit, not all.
 */
const BOUND = 2_350;

export const usage = `Usage: npm run test:overload -- [options]

Starts a PostgreSQL and the service, finds out how many requests a second the service can answer (a closed loop of
clients that read and change their records), and then offers a multiple of that at moments that were planned before (an
open loop: nothing waits for an answer). Latencies count from the planned moment. Exits with 1 if anything else comes
than 200, 429 and 503, if a refusal has no Retry-After, if the 99th percentile of the accepted is beyond the bound, if
next to nothing is accepted, if the service is not itself again at once afterwards, or if the generator was late itself.

Options:
  --seconds N           how long too much is offered (default: 20)
  --times N             how much: that many times what it can answer (default: 3)
  --clients N           of the closed loop (default: 64)
  --connections N       over which too much is offered, all of them open before (default: 1500)
  --p99 N               milliseconds that 99 % of the accepted may take (default: ${BOUND}: the event loop's delay of 500
                        and the 250 in which it is noticed, 800 for a connection and 800 for a statement)
  --seed S              what the moments depend on (default: another one each time)
  --setting NAME=VALUE  of the service; may be repeated. With MAX_IN_FLIGHT=0, MAX_DATABASE_QUEUE=0 and
                        MAX_EVENT_LOOP_DELAY=0 it takes everything, which shows that it is noticed
  --help                prints this text`;

export interface OverloadOptions {
  readonly seconds: number;
  readonly times: number;
  readonly clients: number;
  readonly connections: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly seed: string;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * @returns null if the help is asked for
 * @throws {TypeError} that names the option, if there is no such option or value
 */
export function parseOverloadOptions(args: readonly string[]): OverloadOptions | null {
  const count = { pattern: /^[1-9]\d{0,4}$/, expected: 'a whole number from 1 to 99999' };
  const values = parseOptions(args, {
    seconds: { default: '20', ...count },
    times: { default: '3', pattern: /^\d{1,2}(\.\d)?$/, expected: 'a number such as 3 or 1.5' },
    clients: { default: '64', ...count },
    connections: { default: '1500', ...count },
    p99: { default: String(BOUND), ...count },
    seed: seedOption(),
    setting: settingOption,
  });
  if (values === null) return null;
  return {
    seconds: Number(values.seconds[0]),
    times: Number(values.times[0]),
    clients: Number(values.clients[0]),
    connections: Number(values.connections[0]),
    p99: Number(values.p99[0]),
    seed: values.seed.join(),
    settings: assignmentsOf(values.setting),
  };
}
