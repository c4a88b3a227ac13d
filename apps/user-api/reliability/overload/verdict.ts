import type { TableRow } from '../ledger/verdict.ts';
import type { Quantiles } from '../load/quantiles.ts';
import { type LoadResult, refusals } from '../load/result.ts';

/** What was found out about a service under too much load. */
export interface OverloadOutcome {
  /** Replies with 200 a second, in a closed loop. */
  readonly capacity: number;
  /** Requests a second that were planned. */
  readonly planned: number;
  readonly load: LoadResult;
  /** How many requests were turned away before anything was done for them, by the service's own count. */
  readonly shed: readonly (readonly [reason: string, count: number])[];
  /** Milliseconds from the last answer to the first 200; null if none came in time. */
  readonly recovery: number | null;
  /** Milliseconds that 99 % of the accepted may take. */
  readonly p99: number;
}

/** Share of the capacity that has to be left for answers with 200: what refuses only is as good as down. */
const LEFT = 0.05;

/** Milliseconds by which the generator may be late itself; more would be taken for latency of the service. */
const LATENESS = 250;

export function overloadRows({ capacity, planned, load, shed, recovery }: OverloadOutcome): readonly TableRow[] {
  const perSecond = (count: number): string => (count / load.answering).toFixed(0);
  return [
    ['capacity, requests/s with 200', capacity.toFixed(0)],
    ['planned, requests/s', planned.toFixed(0)],
    ['offered, requests/s', (load.offered / load.sending).toFixed(0)],
    ...load.outcomes.map(([what, count]): TableRow => [`  answered with ${what}, requests/s`, perSecond(count)]),
    ...shed.map(([reason, count]): TableRow => [`  turned away at the door: ${reason}, requests/s`, perSecond(count)]),
    ['refusals without Retry-After', load.withoutRetryAfter],
    ['200, ms from the planned moment', spread(load.accepted)],
    ['200, ms since it was sent', spread(load.acceptedSinceSent)],
    ['429 and 503, ms from the planned moment', spread(load.refused)],
    ['until the last answer, s', load.answering.toFixed(1)],
    ['generator: ms behind its plan', spread(load.lateness)],
    ['generator: share of a processor', `${(load.processor * 100).toFixed(0)} %`],
    ['first 200 after it, ms', recovery === null ? 'none' : recovery.toFixed(0)],
  ];
}

function spread({ median, p99, max }: Quantiles): string {
  return `p50 ${median.toFixed(0)}, p99 ${p99.toFixed(0)}, max ${max.toFixed(0)}`;
}

/** What must not have happened; empty if all was well. */
export function overloadComplaints({ capacity, load, recovery, p99 }: OverloadOutcome): readonly string[] {
  const expected = ['200', ...Array.from(refusals, String)];
  const others = load.outcomes.filter(([what]) => !expected.includes(what));
  const { accepted, refused, lateness } = load;
  const acceptedPerSecond = accepted.count / load.answering;
  return [
    ...others.map(([what, count]) => `${count} requests were answered with neither 200 nor 429 nor 503: ${what}`),
    ...when(load.withoutRetryAfter > 0, `${load.withoutRetryAfter} refusals have no Retry-After`),
    ...when(
      acceptedPerSecond < LEFT * capacity,
      `Of ${capacity.toFixed(0)} requests/s that it can answer with 200, ${acceptedPerSecond.toFixed(0)} are left.`,
    ),
    ...when(accepted.p99 > p99, `99 % of the 200 take up to ${accepted.p99.toFixed(0)} ms, beyond ${p99} ms`),
    ...when(recovery === null, 'The service did not answer with 200 again within a second.'),
    ...when(refused.count === 0, 'Nothing was refused, so that nothing was tried: offer more with --times.'),
    ...when(
      lateness.p99 > LATENESS,
      `The generator was late itself, 1 % of the requests by ${lateness.p99.toFixed(0)} ms or more: ` +
        'try again when the machine has nothing else to do.',
    ),
  ];
}

function when(condition: boolean, complaint: string): readonly string[] {
  return condition ? [complaint] : [];
}
