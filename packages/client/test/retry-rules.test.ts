import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Client, createClient } from '../src/index.ts';
import { fakeClock } from './support/clock.ts';
import { fixture, type operations } from './support/fixture.ts';
import { problem, thing } from './support/server.ts';

/** What a server does with one request. */
type Answer = { readonly status: 200 | 401 | 429 | 503; readonly retryAfter: number | null } | 'broken';

const answers = fc.infiniteStream(
  fc.oneof(
    fc.record({
      status: fc.constantFrom(200 as const, 401 as const, 429 as const, 503 as const, 503 as const),
      retryAfter: fc.option(fc.nat({ max: 20 })),
    }),
    fc.constant('broken' as const),
  ),
);

const calls = {
  get: (api: Client<operations>) => api.GetThing({ path: { thingId: '1' } }),
  patch: (api: Client<operations>) => api.UpdateThing({ path: { thingId: '1' }, body: thing }),
  conditional: (api: Client<operations>) =>
    api.UpdateThing({ path: { thingId: '1' }, body: thing, headers: { 'If-Match': '"1"' } }),
  post: (api: Client<operations>) => api.CreateThing({ contentType: 'text/plain', body: 'a' }),
};

const scenario = fc.record({
  answers,
  kind: fc.constantFrom('get', 'patch', 'conditional', 'post'),
  attempts: fc.integer({ min: 1, max: 6 }),
  baseDelay: fc.nat({ max: 5000 }),
  maxDelay: fc.nat({ max: 15_000 }),
  timeout: fc.integer({ min: 1, max: 60_000 }),
  random: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
});

function respond(answer: Answer): Response {
  if (answer === 'broken') throw new TypeError('fetch failed');
  const headers = new Headers({ 'content-type': 'application/vnd.api+json', etag: '"1"' });
  if (answer.retryAfter !== null) headers.set('retry-after', String(answer.retryAfter));
  return new Response(JSON.stringify(answer.status === 200 ? thing : problem), { status: answer.status, headers });
}

test('G9 whatever the server does, retries keep to their rules', async () => {
  let retried = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async ({ answers, kind, attempts, baseDelay, maxDelay, timeout, random }) => {
      const given: Answer[] = [];
      const fetch = async (): Promise<Response> => {
        const answer = answers.next().value;
        given.push(answer);
        return respond(answer);
      };
      const clock = fakeClock();
      const started = clock.now();
      const retry = { attempts, baseDelay, maxDelay };
      const options = { fetch, clock, timeout, retry, random: () => random.next().value, baseUrl: 'http://127.0.0.1' };
      const outcome = await calls[kind](createClient(fixture, options)).then(
        ({ status }) => status,
        (error: unknown) => error,
      );
      const before = given.slice(0, -1);
      const last = given.at(-1);
      retried += before.length;

      // Never more often than allowed, never after the time is over.
      expect(given.length).toBeLessThanOrEqual(attempts);
      expect(clock.now() - started).toBeLessThan(timeout);
      expect(clock.waits).toHaveLength(before.length);
      // Never after an answer that settles the matter, never what is not idempotent.
      for (const answer of before) expect(answer === 'broken' || [429, 503].includes(answer.status)).toBe(true);
      if (kind === 'post' || kind === 'patch') expect(before).toEqual([]);
      for (const [index, wait] of clock.waits.entries()) {
        const answer = before[index];
        const asked = answer === undefined || answer === 'broken' ? 0 : (answer.retryAfter ?? 0) * 1000;
        // Never sooner than Retry-After, never longer than allowed, never longer than the limit of this attempt's wait.
        expect(wait).toBeGreaterThanOrEqual(asked);
        expect(wait).toBeLessThanOrEqual(maxDelay);
        expect(wait).toBeLessThanOrEqual(asked + baseDelay * 2 ** index);
      }
      // The last answer is the outcome.
      if (last === 'broken') expect(outcome).toMatchObject({ code: 'network' });
      else if (kind !== 'post') expect(outcome).toBe(last?.status);
    }),
    { numRuns: 800 },
  );
  expect(retried).toBeGreaterThan(50);
});
