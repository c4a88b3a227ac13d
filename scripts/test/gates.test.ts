import { expect, test } from 'vitest';
import { allGates, summary, testGates } from '../gates.ts';

test('the gates of npm test are among those of npm run check, in the same order', () => {
  expect(allGates.slice(0, testGates.length)).toEqual(testGates);
});

test('generated files are compared before anything could write them', () => {
  expect(allGates[0]?.name).toBe('generate:check');
});

test('each gate has a name and a log of its own', () => {
  expect(new Set(allGates.map(({ name }) => name)).size).toBe(allGates.length);
});

test('a red row says what to do, a green one only where to look', () => {
  const gates = [
    { name: 'green', command: '', args: [], remedy: 'nothing' },
    { name: 'red', command: '', args: [], remedy: 'repair it' },
  ];
  const rows = summary(gates, [
    { name: 'green', passed: true, seconds: 1, log: '.reports/green.log' },
    { name: 'red', passed: false, seconds: 2.34, log: '.reports/red.log' },
  ]);
  expect(rows[1]).toMatch(/^green +passed +1\.0 {2}\.reports\/green\.log$/);
  expect(rows[2]).toMatch(/^red +FAILED +2\.3 {2}\.reports\/red\.log +repair it$/);
});
