import { type Principal, ProblemError, problem } from '@contract-first/core';
import type { Admission, PrincipalAdmission } from '@contract-first/server';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const WINDOW_MILLISECONDS = 60_000;

/** Addresses or subjects that are remembered; the one seen longest ago is forgotten first. */
const REMEMBERED = 50_000;

/**
 * Turns an address away with 429 and Retry-After (RFC 6585 §4) once it has sent too many requests in a minute. Addresses
 * of IPv6 count by their /64 network.
 *
 * @param max requests a minute and address
 */
export function rateLimitAdmission(max: number): (app: FastifyInstance) => Promise<Admission> {
  return async (app) => createLimit(app, { max });
}

/**
 * Turns a token's subject away in the same way, from whatever addresses its requests come.
 *
 * @param max requests a minute and subject
 */
export function subjectRateLimitAdmission(
  max: number,
): (app: FastifyInstance) => Promise<PrincipalAdmission<Principal>> {
  return async (app) => {
    const subjects = new WeakMap<FastifyRequest, string>();
    const limit = await createLimit(app, { max, keyGenerator: (request) => subjects.get(request) ?? '' });
    return (request, { subject }) => {
      subjects.set(request, subject.toLowerCase());
      return limit(request);
    };
  };
}

interface LimitOptions {
  readonly max: number;
  readonly keyGenerator?: (request: FastifyRequest) => string;
}

async function createLimit(
  app: FastifyInstance,
  options: LimitOptions,
): Promise<(request: FastifyRequest) => Promise<void>> {
  if (!app.hasDecorator('createRateLimit')) await app.register(rateLimit, { global: false, cache: REMEMBERED });
  const check = app.createRateLimit({ ...options, timeWindow: WINDOW_MILLISECONDS });
  return async (request) => {
    const limit = await check(request);
    if (limit.isAllowed || !limit.isExceeded) return;
    throw new ProblemError(problem('tooManyRequests'), { headers: { 'retry-after': String(limit.ttlInSeconds) } });
  };
}
