import type { ServiceProcess } from '../harness/service-process.ts';
import type { Writers } from './writers.ts';

/** One line of a table: what, and how much of it. */
export type TableRow = readonly [what: string, value: string | number];

/** What writers and services went through, as the lines of a table. */
export function outcomeRows({ ledger, refusals }: Writers, services: readonly ServiceProcess[]): readonly TableRow[] {
  return [
    ['changes acknowledged', ledger.acknowledged],
    ...refusals.entries.map(([what, count]): TableRow => [`not answered with 200: ${what}`, count]),
    ['failed starts of the service', services.reduce((sum, { failedStarts }) => sum + failedStarts.length, 0)],
    ['ends of the service by itself', services.reduce((sum, { ownEnds }) => sum + ownEnds.length, 0)],
    ['lost', ledger.count('lost')],
    ['torn', ledger.count('torn')],
    ['phantom', ledger.count('phantom')],
  ];
}

/** What must not have happened, each with what is known about it; empty if all was well. */
export function complaints({ ledger, unexpected }: Writers, services: readonly ServiceProcess[]): readonly string[] {
  return [
    ...ledger.findings.map(({ kind, detail }) => `${kind}: ${detail}`),
    ...Array.from(unexpected, (what) => `unexpected: ${what}`),
    ...services.flatMap(({ ownEnds }) => ownEnds),
    ...(ledger.acknowledged === 0 ? ['No change was acknowledged, so that nothing was tried.'] : []),
  ];
}

export function table(rows: readonly TableRow[]): string {
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, value]) => `${what.padEnd(width)}  ${String(value).padStart(9)}`).join('\n');
}

const SHOWN = 20;

/** Prints complaints, not all if they are many. @returns whether there is none */
export function report(all: readonly string[]): boolean {
  for (const complaint of all.slice(0, SHOWN)) console.error(complaint);
  if (all.length > SHOWN) console.error(`… and ${all.length - SHOWN} more`);
  return all.length === 0;
}
