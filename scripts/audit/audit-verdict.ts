/** What came of asking the registry for known vulnerabilities. */
export type AuditVerdict =
  | { readonly kind: 'clean'; readonly text: string }
  | { readonly kind: 'vulnerable'; readonly text: string }
  | { readonly kind: 'unavailable'; readonly text: string };

/** From these on npm's own `--audit-level=high` fails. */
const grave = ['high', 'critical'];

/**
 * Reads what `npm audit --json` printed. Its exit code alone does not tell vulnerabilities from a registry that does not
 * answer.
 */
export function auditVerdict(output: string): AuditVerdict {
  const report = parsed(output);
  if (!isReport(report)) return { kind: 'unavailable', text: reasonIn(report) };
  const all = Object.entries(report.vulnerabilities);
  const found = all.filter(([, { severity }]) => grave.includes(severity));
  const others = all.length - found.length;
  if (found.length === 0)
    return { kind: 'clean', text: `No vulnerability of high severity is known, ${others} of lower.` };
  const lines = found.map(([name, { severity, range }]) => `  ${name} ${range}: ${severity}`);
  return { kind: 'vulnerable', text: ['Packages with known vulnerabilities:', ...lines, 'See npm audit.'].join('\n') };
}

interface Report {
  readonly vulnerabilities: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

/** The format is npm's own, version 2. */
function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'auditReportVersion' in value && 'vulnerabilities' in value;
}

function reasonIn(report: unknown): string {
  const message = typeof report === 'object' && report !== null && 'message' in report ? report.message : null;
  return `The registry did not say which vulnerabilities are known: ${String(message ?? 'no report')}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
