/** What came of one check. */
export interface CheckResult {
  readonly outcome: 'ok' | 'warning' | 'FAILED';
  /** Begins with the name of the variable that it is about. */
  readonly text: string;
}

export function ok(text: string): CheckResult {
  return { outcome: 'ok', text };
}

export function warning(text: string): CheckResult {
  return { outcome: 'warning', text };
}

export function failed(text: string): CheckResult {
  return { outcome: 'FAILED', text };
}
