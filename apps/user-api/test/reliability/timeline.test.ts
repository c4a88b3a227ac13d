import { expect, test } from 'vitest';
import { Timeline } from '../../reliability/ledger/timeline.ts';

function timeline(...moments: readonly number[]): Timeline {
  const made = new Timeline();
  for (const moment of moments) made.add(moment);
  return made;
}

test('the longest gap is the one between two neighbours', () => {
  expect(timeline(10, 20, 90, 100).longestGap(0, 100)).toEqual({ from: 20, to: 90 });
});

test('a gap that begins before the time, or ends after it, counts as a whole', () => {
  expect(timeline(10, 60, 100).longestGap(40, 50)).toEqual({ from: 10, to: 60 });
});

test('without any moment, all of the time is a gap', () => {
  expect(timeline().longestGap(5, 25)).toEqual({ from: 5, to: 25 });
});

test('a time after the last moment is a gap', () => {
  expect(timeline(10, 20).longestGap(0, 50)).toEqual({ from: 20, to: 50 });
});

test('next resolves with the next moment', async () => {
  const made = timeline(1);
  const next = made.next();
  made.add(2);
  await expect(next).resolves.toBeUndefined();
});
