import { expect, test } from 'vitest';
import { summary } from '../gates/run-gates.ts';

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
