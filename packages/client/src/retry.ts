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
  /** The methods whose requests may be repeated; null for the idempotent ones, and for PATCH with If-Match. */
  readonly methods: readonly Method[] | null;
}

/** What the waits of one call depend on. */
export interface RetryContext {
  readonly clock: Clock;
  /** 0 (included) to 1 (excluded), as `Math.random`. */
  readonly random: () => number;
  /** The time, in milliseconds since 1970, after which no attempt makes sense. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** The caller's word on whether the request may be carried out twice; undefined for what the policy says. */
  readonly idempotent: boolean | undefined;
}

type Outcome = { readonly response: Response } | { readonly error: NetworkError };

/**
 * A fetch that sends a request again after 429 (RFC 6585 §4), 503 (RFC 9110 §15.6.4) and a failure of the network.
 * It waits for a random part of a limit that doubles with each attempt, and never less than Retry-After asks for
 * (RFC 9110 §10.2.3). What cannot succeed before the deadline is not waited for: the last reply is handed over at once.
 *
 * Nobody knows whether a request without a reply was carried out. By themselves only those are sent again that may be
 * carried out twice (RFC 9110 §9.2.2): the idempotent methods, and PATCH with If-Match (RFC 5789 §2). If one with a
 * condition was carried out, its condition is false the second time. 412 would tell a failure where there may have been
 * none, so that the failure of the network is reported instead.
 */
export function withRetry(fetch: Fetch, policy: RetryPolicy, context: RetryContext): Fetch {
  return async (request) => {
    const isAllowed = isRepeatable(request, policy, context.idempotent);
    let unknown: NetworkError | null = null;
    for (let attempt = 1; ; attempt++) {
      const outcome = await tryOnce(fetch, request.clone());
      if ('error' in outcome) unknown = outcome.error;
      const isLast = !isAllowed || attempt >= policy.attempts || !isPassing(outcome);
      const wait = isLast ? null : delay(attempt, outcome, policy, context);
      if (wait === null || context.clock.now() + wait >= context.deadline) return handOver(request, outcome, unknown);
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

/** @param unknown the failure of an attempt of which nobody knows whether it was carried out */
function handOver(request: Request, outcome: Outcome, unknown: NetworkError | null): Response {
  if ('error' in outcome) throw outcome.error;
  if (unknown !== null && outcome.response.status === 412 && isConditionalChange(request)) throw unknown;
  return outcome.response;
}

/** Whether an attempt failed in a way that may pass. */
function isPassing(outcome: Outcome): boolean {
  return 'error' in outcome || outcome.response.status === 429 || outcome.response.status === 503;
}

/** RFC 9110 §9.2.2; the client knows no TRACE. */
const idempotentMethods: readonly Method[] = ['get', 'head', 'options', 'put', 'delete'];

function isRepeatable(
  { method, headers }: Request,
  { methods }: RetryPolicy,
  idempotent: boolean | undefined,
): boolean {
  if (idempotent !== undefined) return idempotent;
  const isListed = (methods ?? idempotentMethods).some((one) => one.toUpperCase() === method);
  return isListed || (methods === null && method === 'PATCH' && headers.has('if-match'));
}

const conditions = ['if-match', 'if-none-match', 'if-unmodified-since'] as const;

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
