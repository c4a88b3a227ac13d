import { expect, test } from 'vitest';
import { failedChecks } from '../../workflows/respect-report.ts';

const step = (status: string) => ({
  stepId: 'read',
  checks: [{ name: 'STATUS_CODE_CHECK', status, condition: '$statusCode == 200' }],
});
const report = (...statuses: readonly string[]) => ({
  files: { 'a.yaml': { executedWorkflows: [{ workflowId: 'w', executedSteps: statuses.map(step) }] } },
});

test('a workflow fails by each check that does not succeed', () => {
  const complaint = 'w.read: STATUS_CODE_CHECK $statusCode == 200';
  expect(failedChecks(report('success', 'error', 'warn'))).toEqual({ steps: 3, complaints: [complaint, complaint] });
});

test('a workflow fails by not being run', () => {
  expect(failedChecks({ files: {} })).toEqual({ steps: 0, complaints: ['No step of a workflow was run.'] });
});

test('a workflow passes if all checks succeed', () => {
  expect(failedChecks(report('success'))).toEqual({ steps: 1, complaints: [] });
});
