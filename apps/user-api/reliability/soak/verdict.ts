import type { FaultRecord } from '../load/faulty-requests.ts';
import { type LoadResult, refusals } from '../load/result.ts';
import { type Series, seriesComplaints } from './series.ts';

/** What came of the time under load. */
export interface SoakOutcome {
  readonly load: LoadResult;
  readonly faults: FaultRecord;
  readonly series: readonly Series[];
}

/** Share of the sound requests that may be refused; with more, the machine had too much else to do. */
const REFUSED = 0.05;

/** What must not have happened; empty if all was well. */
export function soakComplaints({ load, faults, series }: SoakOutcome): readonly string[] {
  const expected = ['200', ...Array.from(refusals, String)];
  const others = load.outcomes.filter(([what]) => !expected.includes(what));
  const refused = load.refused.count / Math.max(1, load.offered);
  return [
    ...series.flatMap(seriesComplaints),
    ...others.map(([what, count]) => `${count} sound requests were answered with ${what}`),
    ...faults.unexpected.entries.map(([what, count]) => `${count} times unexpected: ${what}`),
    ...(load.accepted.count === 0 ? ['Nothing was answered with 200, so that nothing was tried.'] : []),
    ...(refused > REFUSED
      ? [`${(refused * 100).toFixed(0)} % were refused: try again when the machine has nothing else to do.`]
      : []),
  ];
}
