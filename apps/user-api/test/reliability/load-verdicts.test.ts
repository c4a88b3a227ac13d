import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseMetrics } from '../../reliability/harness/metrics-page.ts';
import { planArrivals } from '../../reliability/load/arrivals.ts';
import { readAnswer } from '../../reliability/load/http-answer.ts';
import { quantilesOf } from '../../reliability/load/quantiles.ts';
import { createRandom } from '../../reliability/load/random.ts';
import { LoadRecord } from '../../reliability/load/result.ts';
import { overloadCommand } from '../../reliability/overload/options.ts';
import { type OverloadOutcome, overloadComplaints } from '../../reliability/overload/verdict.ts';
import { soakCommand } from '../../reliability/soak/options.ts';

const ok = { status: 200, hasRetryAfter: false, isLast: false, length: 1 };
const refusal = { ...ok, status: 503, hasRetryAfter: true };

test('quantiles are values that occurred, whatever the order', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(quantilesOf(values)).toEqual({ count: 200, median: 100, p99: 198, max: 200 });
  expect(quantilesOf([])).toEqual({ count: 0, median: 0, p99: 0, max: 0 });
});

test('arrivals come at the rate, in order, within the time, and depend on the seed alone', () => {
  const arrivals = planArrivals(500, 10, createRandom('a'));
  expect(arrivals.length).toBeGreaterThan(4_700);
  expect(arrivals.length).toBeLessThan(5_300);
  expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));
  expect(arrivals.at(-1)).toBeLessThan(10_000);
  expect(planArrivals(500, 10, createRandom('a'))).toEqual(arrivals);
  expect(planArrivals(500, 10, createRandom('b'))).not.toEqual(arrivals);
});

describe('a reply', () => {
  const head = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n';

  test('is read once all of it is there', () => {
    expect(readAnswer(head.slice(0, 40))).toBeNull();
    expect(readAnswer(`${head}{`)).toBeNull();
    expect(readAnswer(`${head}{}`)).toEqual({
      status: 503,
      hasRetryAfter: true,
      isLast: true,
      length: head.length + 2,
    });
  });

  test('without Retry-After is told from one with it', () => {
    const plain = 'HTTP/1.1 503 Service Unavailable\r\nX-Retry-After: 1\r\nContent-Length: 0\r\n\r\n';
    expect(readAnswer(plain)).toMatchObject({ hasRetryAfter: false, isLast: false });
  });

  test('without a length is refused', () => {
    expect(() => readAnswer('HTTP/1.1 200 OK\r\n\r\n')).toThrow('no reply with a length');
    expect(() => readAnswer('nonsense\r\nContent-Length: 0\r\n\r\n')).toThrow('no reply with a length');
  });
});

test('metrics are summed over their labels, and told apart by them', () => {
  const page = parseMetrics('# HELP shed x\nshed{reason="a"} 2\nshed{reason="b",x="1"} 3\nheap 1.5e6\nshed_more 9\n');
  expect(page.value('shed')).toBe(5);
  expect(page.value('heap')).toBe(1_500_000);
  expect(page.value('none')).toBeNull();
  expect(page.labelled('shed', 'reason')).toEqual([
    ['a', 2],
    ['b', 3],
  ]);
});

describe('the verdict on overload', () => {
  /** What became of 100 accepted and 100 refused requests, but for what is changed. */
  function outcome(
    change: (record: LoadRecord) => void = () => undefined,
    rest: Partial<OverloadOutcome> = {},
  ): OverloadOutcome {
    const record = new LoadRecord();
    for (let index = 0; index < 100; index += 1) {
      record.addPlanned(1);
      record.addAnswer(ok, 1, 50);
      record.addAnswer(refusal, 1, 5);
    }
    change(record);
    const load = record.result({ sending: 1, answering: 1, processor: 0.2 });
    return { capacity: 100, planned: 200, load, shed: [], recovery: 10, p99: 1_000, ...rest };
  }

  test('finds nothing where nothing is wrong', () => {
    expect(overloadComplaints(outcome())).toEqual([]);
  });

  test.each<[what: string, complaint: RegExp, change: (record: LoadRecord) => void]>([
    ['another status', /neither 200 nor 429 nor 503: 501/, (record) => record.addAnswer({ ...ok, status: 501 }, 0, 1)],
    ['a broken connection', /neither.*ECONNRESET/, (record) => record.addAnswer('ECONNRESET', 0, 1)],
    [
      'a 503 without Retry-After',
      /no Retry-After/,
      (record) => record.addAnswer({ ...refusal, hasRetryAfter: false }, 0, 1),
    ],
    [
      'a 429 without Retry-After',
      /no Retry-After/,
      (record) => record.addAnswer({ ...refusal, status: 429, hasRetryAfter: false }, 0, 1),
    ],
    ['answers that take too long', /beyond 1000 ms/, (record) => often(() => record.addAnswer(ok, 0, 1_001))],
    ['requests that wait to be sent', /beyond 1000 ms/, (record) => often(() => record.addAnswer(ok, 1_000, 1))],
    ['a generator that is late', /late itself/, (record) => often(() => record.addPlanned(251))],
  ])('finds %s', (_what, complaint, change) => {
    expect(overloadComplaints(outcome(change))).toEqual([expect.stringMatching(complaint)]);
  });

  test('finds a service that does not come back, refuses nothing, or accepts next to nothing', () => {
    expect(overloadComplaints(outcome(undefined, { recovery: null }))).toHaveLength(1);
    expect(overloadComplaints(outcome(undefined, { capacity: 2_001 }))).toHaveLength(1);
    const record = new LoadRecord();
    record.addAnswer(ok, 0, 1);
    const load = record.result({ sending: 1, answering: 1, processor: 0 });
    expect(overloadComplaints(outcome(undefined, { load, capacity: 1 }))).toHaveLength(1);
  });

  function often(work: () => void): void {
    work();
    work();
    work();
  }
});

/** What commander reads; what it complains of is thrown. */
const parse = (command: Command, args: readonly string[]): object =>
  command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse(args, { from: 'user' })
    .opts();

test('settings may have = in their values, and stand several times', () => {
  const args = ['--setting', 'NODE_OPTIONS=--import=x', '--setting', 'A=', '--seconds', '5', '--seed', 's'];
  const options = parse(overloadCommand(), args);
  expect(options).toMatchObject({ setting: { NODE_OPTIONS: '--import=x', A: '' }, seconds: 5, seed: 's', times: 3 });
});

test.each([
  ['--times', 'many'],
  ['--seconds', '0'],
  ['--setting', 'A'],
])('%s %s is refused by name', (name, value) => {
  expect(() => parse(overloadCommand(), [name, value])).toThrow(`'${name} <`);
});

test('a soak may be short, but not too short, and never at all of the capacity', () => {
  expect(parse(soakCommand(), ['--minutes', '0.5'])).toMatchObject({ minutes: 0.5, share: 0.5 });
  expect(parse(soakCommand(), ['--minutes', '10'])).toMatchObject({ minutes: 10 });
  for (const bad of ['0', '0.1', '-1', 'x']) {
    expect(() => parse(soakCommand(), [`--minutes=${bad}`])).toThrow("'--minutes <number>'");
  }
  expect(() => parse(soakCommand(), ['--share', '1'])).toThrow("'--share <number>'");
});
