import { root } from '@contract-first/release';
import { expect, test } from 'vitest';
import { results } from '../test-results/test-report.ts';

function statuses(file: { status: string; tests: readonly string[] }): string[] {
  const assertionResults = file.tests.map((status) => ({ ancestorTitles: ['outer'], title: 'inner', status }));
  return results({ testResults: [{ name: `${root}a.test.ts`, status: file.status, assertionResults }] }).map(
    ({ status }) => status,
  );
}

test('every test that neither passed nor failed was skipped', () => {
  const tests = ['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled'];
  const expected = ['passed', 'failed', 'skipped', 'skipped', 'skipped', 'skipped'];
  expect(statuses({ status: 'failed', tests })).toEqual(expected);
});

test('a file that failed without a failed test counts as one failure', () => {
  expect(statuses({ status: 'failed', tests: [] })).toEqual(['failed']);
  expect(statuses({ status: 'failed', tests: ['passed'] })).toEqual(['passed', 'failed']);
});

test('a result has all titles, and the file relative to the top level', () => {
  const assertionResults = [{ ancestorTitles: ['J1', 'b'], title: 'c', status: 'passed' }];
  expect(results({ testResults: [{ name: `${root}x/a.test.ts`, status: 'passed', assertionResults }] })).toEqual([
    { titles: ['J1', 'b', 'c'], status: 'passed', file: 'x/a.test.ts' },
  ]);
});
