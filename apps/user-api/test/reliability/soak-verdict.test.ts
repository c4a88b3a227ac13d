import { describe, expect, test } from 'vitest';
import { LoadRecord } from '../../reliability/load/result.ts';
import { Tally } from '../../reliability/load/tally.ts';
import { type Series, seriesComplaints, seriesTable } from '../../reliability/soak/series.ts';
import { isGrowing, type Point, slopePerMinute, thirdsOf } from '../../reliability/soak/trend.ts';
import { soakComplaints } from '../../reliability/soak/verdict.ts';

/** A number every second. */
function points(values: readonly number[]): readonly Point[] {
  return values.map((value, index) => ({ at: 5_000 + index * 1_000, value }));
}

function seriesOf(values: readonly number[], { before = 1, after = 1 } = {}): Series {
  const tolerance = { share: 0.05, slack: 1 };
  const rule = { name: 'heap', level: 'minimum', tolerance, most: 100, remainder: 2 } as const;
  return { rule, points: points(values), before, after };
}

const flat = Array.from({ length: 30 }, (_, index) => 20 + (index % 3));

test('a slope is what is added in a minute', () => {
  expect(slopePerMinute(points([1, 2, 3, 4]))).toBeCloseTo(60);
  expect(slopePerMinute(points([4, 4, 4]))).toBe(0);
  expect(slopePerMinute(points([9]))).toBe(0);
});

test('thirds are compared by their lowest, or by their median', () => {
  const values = points([9, 1, 5, 8, 2, 6, 7, 3, 4]);
  expect(thirdsOf(values, 'minimum')).toEqual([1, 2, 3]);
  expect(thirdsOf(values, 'median')).toEqual([5, 6, 4]);
  expect(() => thirdsOf(points([1, 2]), 'median')).toThrow('three samples');
});

test('a growth counts beyond both tolerances together, and from the middle third on', () => {
  const tolerance = { share: 0.1, slack: 5 };
  expect(isGrowing([0, 100, 115], tolerance)).toBe(false);
  expect(isGrowing([0, 100, 115.1], tolerance)).toBe(true);
});

describe('a series', () => {
  test('that is flat, or only warms up, is well', () => {
    expect(seriesComplaints(seriesOf(flat))).toEqual([]);
    expect(seriesComplaints(seriesOf([...Array.from({ length: 10 }, (_, index) => index), ...flat.slice(10)]))).toEqual(
      [],
    );
  });

  test('that grows steadily is found, and marked in the table', () => {
    const growing = seriesOf(flat.map((value, index) => value + index / 4));
    expect(seriesComplaints(growing)).toEqual([expect.stringMatching(/^heap: the minimum of the last third/)]);
    expect(seriesTable([growing])).toMatch(/heap .*\+\d+\.\d.* GROWS$/m);
    expect(seriesTable([seriesOf(flat)])).toMatch(/heap .* ok$/m);
  });

  test('that is once beyond its limit is found', () => {
    const values = flat.with(5, 101);
    expect(seriesComplaints(seriesOf(values))).toEqual([expect.stringContaining('beyond 100')]);
  });

  test('that does not come back is found', () => {
    expect(seriesComplaints(seriesOf(flat, { before: 1, after: 3 }))).toEqual([]);
    expect(seriesComplaints(seriesOf(flat, { before: 1, after: 4 }))).toEqual([
      expect.stringContaining('after the load'),
    ]);
  });
});

describe('the verdict on a long time', () => {
  const ok = { status: 200, hasRetryAfter: false, isLast: false, length: 1 };
  const refusal = { ...ok, status: 503, hasRetryAfter: true };

  function complaints(change: (record: LoadRecord, unexpected: Tally) => void, series = [seriesOf(flat)]) {
    const record = new LoadRecord();
    const unexpected = new Tally();
    for (let index = 0; index < 100; index += 1) record.addAnswer(ok, 0, 1);
    change(record, unexpected);
    const load = record.result({ sending: 1, answering: 1, processor: 0 });
    return soakComplaints({ load, faults: { outcomes: new Tally(), unexpected }, series });
  }

  test('finds nothing where nothing is wrong, and takes some refusals', () => {
    expect(complaints(() => undefined)).toEqual([]);
    expect(complaints((record) => record.addAnswer(refusal, 0, 1))).toEqual([]);
  });

  test('finds what grows, other answers, answers to faults, and too many refusals', () => {
    expect(complaints(() => undefined, [seriesOf(flat, { after: 9 })])).toHaveLength(1);
    expect(complaints((record) => record.addAnswer('ECONNRESET', 0, 1))).toHaveLength(1);
    expect(complaints((_, unexpected) => unexpected.add('no HTTP: 200'))).toHaveLength(1);
    const many = (record: LoadRecord): void => {
      for (let index = 0; index < 10; index += 1) record.addAnswer(refusal, 0, 1);
    };
    expect(complaints(many)).toEqual([expect.stringContaining('9 % were refused')]);
  });
});
