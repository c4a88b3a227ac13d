import type { Gap } from '../ledger/timeline.ts';

/** What one change of the leader meant for those who write. */
export interface FailoverEvent {
  readonly name: string;
  /** Milliseconds until another node led. */
  readonly election: number;
  /** The longest time without an acknowledged change, until the cluster was complete again. */
  readonly gap: Gap;
  /** How many changes were acknowledged in the meantime. */
  readonly acknowledged: number;
  /** How many requests were not answered with 200 in the meantime. */
  readonly refused: number;
}

const headings = ['event', 'new leader after', 'no change for', 'acknowledged', 'not 200'] as const;

/** One line for each event. */
export function eventTable(events: readonly FailoverEvent[]): string {
  const rows = events.map(({ name, election, gap, acknowledged, refused }) => [
    name,
    seconds(election),
    seconds(gap.to - gap.from),
    String(acknowledged),
    String(refused),
  ]);
  return [headings, ...rows].map(line).join('\n');
}

function line([name = '', ...cells]: readonly string[]): string {
  return [name.padEnd(20), ...cells.map((cell, index) => cell.padStart(headings[index + 1]?.length ?? 0))].join('  ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
