import { contract } from '@user-api/contract';
import { describe, expect, test } from 'vitest';
import { driftComplaints, type Exchange, failedChecks, undeclaredExchanges } from '../../workflows/live-report.ts';

const url = `http://127.0.0.1:1234${contract.basePath}`;
const user = `${url}/users/c0daf39b-4df5-4241-9e7d-b1b85f829090`;

function exchange(method: string, at: string, status: number, mimeType = 'application/vnd.api+json'): Exchange {
  return { request: { method, url: at }, response: { status, content: { mimeType, text: '{}' } } };
}

describe('an exchange is undeclared', () => {
  test.each([
    ['a status', exchange('GET', user, 418), 'GET /users/{userId}: the contract has no status 418'],
    ['a media type', exchange('PATCH', user, 200, 'text/html'), 'PATCH /users/{userId}: 200 must not be "text/html"'],
    ['a method', exchange('POST', user, 201), expect.stringContaining('the contract has no such operation')],
    ['a path', exchange('GET', `${user}/x`, 200), expect.stringContaining('the contract has no such operation')],
    ['a body', exchange('GET', user, 304), 'GET /users/{userId}: 304 must not be "application/vnd.api+json"'],
  ])('by %s', (_what, given, complaint) => {
    expect(undeclaredExchanges([given], contract, url)).toEqual([complaint]);
  });

  test('and not if it is as the contract says, with a query too', () => {
    const bodiless = { request: { method: 'GET', url: user }, response: { status: 304, content: {} } };
    const given = [exchange('GET', user, 200), exchange('patch', `${user}?x=1`, 412), bodiless];
    expect(undeclaredExchanges(given, contract, url)).toEqual([]);
  });
});

describe('drift complains', () => {
  const clean = { documentedExchanges: 3, undocumentedExchanges: 0, totalProblems: 0 };

  test('of nothing if every exchange was compared', () => {
    expect(driftComplaints({ run: clean, problems: [] }, 3)).toEqual([]);
  });

  test('of exchanges that are not in the contract', () => {
    const run = { ...clean, documentedExchanges: 2, undocumentedExchanges: 1 };
    expect(driftComplaints({ run, problems: [] }, 3)).toEqual(['1 exchanges are not in the contract.']);
  });

  test('of exchanges that were not compared', () => {
    expect(driftComplaints({ run: clean, problems: [] }, 4)).toEqual([expect.stringContaining('Only 3 of 4')]);
  });

  test('of each problem', () => {
    const problem = { ruleId: 'schema', message: 'Wrong', operationId: 'GetUser', target: 'response', status: 200 };
    expect(driftComplaints({ run: clean, problems: [problem] }, 3)).toEqual([
      'GetUser, response of a 200: Wrong (schema)',
    ]);
  });
});

describe('a workflow failed', () => {
  const step = (status: string) => ({
    stepId: 'read',
    checks: [{ name: 'success criteria check', status, condition: '$statusCode == 200' }],
  });
  const report = (...statuses: readonly string[]) => ({
    files: { 'a.yaml': { executedWorkflows: [{ workflowId: 'w', executedSteps: statuses.map(step) }] } },
  });

  test('by a check that did not succeed', () => {
    const complaint = 'w.read: success criteria check: $statusCode == 200';
    expect(failedChecks(report('success', 'error', 'warn'))).toEqual([complaint, complaint]);
  });

  test('by not being run', () => {
    expect(failedChecks({ files: {} })).toEqual(['No workflow was run.']);
  });

  test('not if all checks succeeded', () => {
    expect(failedChecks(report('success'))).toEqual([]);
  });
});
