import { expect, test } from 'vitest';
import { auditVerdict } from '../audit/audit-verdict.ts';

const report = (severities: readonly string[]): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(severities.map((severity, index) => [`p${index}`, { severity, range: '<1' }])),
  });

test('without vulnerabilities, or with moderate ones only, the verdict is clean', () => {
  expect(auditVerdict(report([]))).toMatchObject({ kind: 'clean', text: expect.stringContaining('0 of lower') });
  expect(auditVerdict(report(['moderate', 'low']))).toMatchObject({ kind: 'clean' });
});

test.each(['high', 'critical'])('a %s vulnerability is named', (severity) => {
  const verdict = auditVerdict(report(['low', severity]));
  expect(verdict.kind).toBe('vulnerable');
  expect(verdict.text).toContain(`p1 <1: ${severity}`);
  expect(verdict.text).not.toContain('p0');
});

test.each([
  ['{"message": "405 Method Not Allowed - POST https://registry.example/advisories/bulk"}', '405 Method Not Allowed'],
  ['', 'no report'],
  ['<html>', 'no report'],
])('%j is no answer', (output, reason) => {
  expect(auditVerdict(output)).toMatchObject({ kind: 'unavailable', text: expect.stringContaining(reason) });
});
