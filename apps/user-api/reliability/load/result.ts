import type { HttpAnswer } from './http-answer.ts';
import { type Quantiles, quantilesOf } from './quantiles.ts';
import { Tally } from './tally.ts';

/** What became of the requests of one phase. Times are milliseconds. */
export interface LoadResult {
  /** Seconds for which requests were planned. */
  readonly sending: number;
  /** Seconds until the last of them was answered. */
  readonly answering: number;
  /** How many were planned. */
  readonly offered: number;
  /** How many had which status; where there is no answer, the reason. */
  readonly outcomes: readonly (readonly [what: string, count: number])[];
  /** Replies with 429 or 503 that had no Retry-After. */
  readonly withoutRetryAfter: number;
  /** From the planned moment of a request to its 200. */
  readonly accepted: Quantiles;
  /** From the moment it was sent to its 200. */
  readonly acceptedSinceSent: Quantiles;
  /** The same, of those that were answered with 429 or 503. */
  readonly refused: Quantiles;
  /** How much later than planned the generator turned to a request. */
  readonly lateness: Quantiles;
  /** Share of one processor that the generator itself took. */
  readonly processor: number;
}

/** The statuses by which the service says that it is asked too much. */
export const refusals: ReadonlySet<number> = new Set([429, 503]);

/** Collects a {@link LoadResult}. */
export class LoadRecord {
  readonly #outcomes = new Tally();
  readonly #accepted: number[] = [];
  readonly #acceptedSinceSent: number[] = [];
  readonly #refused: number[] = [];
  readonly #lateness: number[] = [];
  #withoutRetryAfter = 0;

  /** @param lateness milliseconds by which the generator itself was late */
  addPlanned(lateness: number): void {
    this.#lateness.push(lateness);
  }

  /** @param lateness milliseconds by which the request was sent too late @param latency milliseconds since it was sent */
  addAnswer(answer: HttpAnswer | string, lateness: number, latency: number): void {
    if (typeof answer === 'string') {
      this.#outcomes.add(answer);
      return;
    }
    const { status, hasRetryAfter } = answer;
    this.#outcomes.add(String(status));
    if (status === 200) {
      this.#accepted.push(lateness + latency);
      this.#acceptedSinceSent.push(latency);
    }
    if (!refusals.has(status)) return;
    this.#refused.push(lateness + latency);
    if (!hasRetryAfter) this.#withoutRetryAfter += 1;
  }

  result(rest: Pick<LoadResult, 'sending' | 'answering' | 'processor'>): LoadResult {
    return {
      ...rest,
      offered: this.#outcomes.total,
      outcomes: this.#outcomes.entries,
      withoutRetryAfter: this.#withoutRetryAfter,
      accepted: quantilesOf(this.#accepted),
      acceptedSinceSent: quantilesOf(this.#acceptedSinceSent),
      refused: quantilesOf(this.#refused),
      lateness: quantilesOf(this.#lateness),
    };
  }
}
