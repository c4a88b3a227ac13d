import { expect, test } from 'vitest';
import { createReadiness, type ReadinessCheck } from '../src/health/readiness.ts';

function countedCheck(name: string, answer: () => boolean | Promise<boolean>) {
  const calls = { count: 0 };
  const check: ReadinessCheck = {
    name,
    isReady() {
      calls.count += 1;
      return answer();
    },
  };
  return { check, calls };
}

test('what is not ready is named: what says so, what fails, and what does not answer in time', async () => {
  const checks: readonly ReadinessCheck[] = [
    { name: 'good', isReady: async () => true },
    { name: 'bad', isReady: () => false },
    { name: 'failing', isReady: () => Promise.reject(new Error('no')) },
    { name: 'throwing', isReady: () => raise() },
    { name: 'silent', isReady: () => new Promise(() => undefined) },
  ];
  const readiness = createReadiness({ checks, now: () => 0, timeout: 20 });
  expect(await readiness.notReady()).toEqual(['bad', 'failing', 'throwing', 'silent']);
});

function raise(): never {
  throw new Error('no');
}

test('an answer is given again for a second, to all who ask meanwhile too', async () => {
  let now = 0;
  let isReady = true;
  const { check, calls } = countedCheck('database', async () => isReady);
  const readiness = createReadiness({ checks: [check], now: () => now });
  await Promise.all([readiness.notReady(), readiness.notReady()]);
  isReady = false;
  now = 999;
  expect(await readiness.notReady()).toEqual([]);
  expect(calls.count).toBe(1);
  now = 1000;
  expect(await readiness.notReady()).toEqual(['database']);
  expect(calls.count).toBe(2);
  isReady = true;
  now = 2000;
  expect(await readiness.notReady()).toEqual([]);
});

test('R6 a service that is being stopped is not ready from that moment, whatever was answered before', async () => {
  const { check } = countedCheck('database', () => true);
  const readiness = createReadiness({ checks: [check], now: () => 0 });
  expect(await readiness.notReady()).toEqual([]);
  expect(readiness.isDraining()).toBe(false);
  readiness.drain();
  expect(await readiness.notReady()).toEqual(['draining']);
  expect(readiness.isDraining()).toBe(true);
});
