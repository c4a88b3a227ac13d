import rateLimit from '@fastify/rate-limit';
import { ProblemError, problem } from '@user-api/core';
import type { Admission } from '@user-api/server';
import type { FastifyInstance } from 'fastify';

const WINDOW_MILLISECONDS = 60_000;

/**
 * Turns an address away with 429 and Retry-After (RFC 6585 §4) once it has sent too many requests in a minute.
 *
 * @param max requests a minute and address
 */
export function rateLimitAdmission(max: number): (app: FastifyInstance) => Promise<Admission> {
  return async (app) => {
    await app.register(rateLimit, { global: false });
    const check = app.createRateLimit({ max, timeWindow: WINDOW_MILLISECONDS });
    return async (request) => {
      const limit = await check(request);
      if (limit.isAllowed || !limit.isExceeded) return;
      throw new ProblemError(problem('tooManyRequests'), { headers: { 'retry-after': String(limit.ttlInSeconds) } });
    };
  };
}
