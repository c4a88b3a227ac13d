import { has } from './members.ts';
import type { Report } from './report.ts';

/** Reports which of the names an object lacks. */
export function collectMissing(
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
  at: string,
  report: Report,
): void {
  for (const missingProperty of names) {
    if (has(value, missingProperty)) continue;
    report.add(at, 'required', { missingProperty }, `must have required property '${missingProperty}'`);
  }
}
