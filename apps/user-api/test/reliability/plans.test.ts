import { expect, test } from 'vitest';
import { planCrashes } from '../../reliability/crash/plan.ts';
import { planWriters } from '../../reliability/ledger/record-plan.ts';
import { createRandom } from '../../reliability/load/random.ts';

test.each([1, 2, 3, 20])('%i kills of each are as many as asked for', (kills) => {
  const rounds = planCrashes(kills, createRandom('a'));
  expect(rounds.filter(({ service }) => service !== null)).toHaveLength(kills);
  expect(rounds.filter(({ database }) => database !== null)).toHaveLength(kills);
});

test('the same seed gives the same moments, another one others', () => {
  const plan = (seed: string) => planCrashes(20, createRandom(seed));
  expect(plan('a')).toEqual(plan('a'));
  expect(plan('a')).not.toEqual(plan('b'));
});

test('there are as many writers as asked for, and no two without If-Match share a part', () => {
  const writers = planWriters(20);
  expect(writers).toHaveLength(20);
  const parted = writers.filter(({ record }) => record.kind === 'parted');
  const parts = new Set(parted.map(({ record, part }) => `${record.id} ${part.name}`));
  expect(parted.length).toBeGreaterThan(0);
  expect(parts.size).toBe(parted.length);
});
