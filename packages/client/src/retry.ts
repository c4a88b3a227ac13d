import type { Method } from '@contract-first/core';
import type { Clock } from './clock.ts';
import { NetworkError } from './errors.ts';
import type { Fetch } from './fetch.ts';
import { retryAfter } from './retry-after.ts';

/** When a request is sent again. */
export interface RetryPolicy {
  readonly attempts: number;
  /** Milliseconds. */
  readonly baseDelay: number;
  /** Milliseconds. */
  readonly maxDelay: number;
  readonly methods: readonly Method[];
}

/** What the waits of one call depend on. */
export interface RetryContext {
  readonly clock: Clock;
  /** 0 (included) to 1 (excluded), as `Math.random`. */
  readonly random: () => number;
  /** The time, in milliseconds since 1970, after which no attempt makes sense. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

type Outcome = { readonly response: Response } | { readonly error: NetworkError };

/**
 * A fetch that sends a request again after 429 (RFC 6585 §4), 503 (RFC 9110 §15.6.4) and a failure of the network.
 * It waits for a random part of a limit that doubles with each attempt, and never less than Retry-After asks for
 * (RFC 9110 §10.2.3). What cannot succeed before the deadline is not waited for: the last reply is handed over at once.
 */
export function withRetry(fetch: Fetch, policy: RetryPolicy, context: RetryContext): Fetch {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await tryOnce(fetch, request.clone());
      const wait =
        attempt < policy.attempts && isRepeatable(request, outcome, policy)
          ? delay(attempt, outcome, policy, context)
          : null;
      if (wait === null || context.clock.now() + wait >= context.deadline) return handOver(outcome);
      await context.clock.sleep(wait, context.signal);
    }
  };
}

async function tryOnce(fetch: Fetch, request: Request): Promise<Outcome> {
  try {
    return { response: await fetch(request) };
  } catch (error) {
    if (error instanceof NetworkError) return { error };
    throw error;
  }
}

function handOver(outcome: Outcome): Response {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
}

const repeatableStatuses: readonly number[] = [429, 503];

function isRepeatable(request: Request, outcome: Outcome, policy: RetryPolicy): boolean {
  if (!policy.methods.some((method) => method.toUpperCase() === request.method)) return false;
  if ('response' in outcome) return repeatableStatuses.includes(outcome.response.status);
  return !isConditionalChange(request);
}

const conditions = ['if-match', 'if-none-match', 'if-unmodified-since'] as const;

/**
 * Nobody knows whether a request without a reply was carried out. If it was, its own condition is false the second time,
 * and 412 would tell a failure where there was none.
 */
function isConditionalChange(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  return conditions.some((name) => request.headers.has(name));
}

/** Milliseconds to wait, or null if Retry-After asks for more than the policy allows. */
function delay(attempt: number, outcome: Outcome, policy: RetryPolicy, { clock, random }: RetryContext): number | null {
  const backoff = random() * Math.min(policy.maxDelay, policy.baseDelay * 2 ** (attempt - 1));
  const asked = 'response' in outcome ? retryAfter(outcome.response.headers, clock.now()) : 0;
  return asked > policy.maxDelay ? null : Math.min(policy.maxDelay, asked + backoff);
}
