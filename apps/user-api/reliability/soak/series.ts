import { isGrowing, type Level, type Point, slopePerMinute, type Tolerance, thirdsOf } from './trend.ts';

/** What is watched while the load goes on. */
export interface SeriesRule {
  readonly name: string;
  readonly level: Level;
  readonly tolerance: Tolerance;
  /** What it may be at any time. @default anything */
  readonly most?: number;
  /** By how much it may be more after the load than before it; null if it does not come back. */
  readonly remainder: number | null;
}

export interface Series {
  readonly rule: SeriesRule;
  readonly points: readonly Point[];
  /** Before the load, and when it is over. */
  readonly before: number;
  readonly after: number;
}

/** @returns what is wrong with it; empty if nothing is */
export function seriesComplaints({ rule, points, before, after }: Series): readonly string[] {
  const { name, level, tolerance, most = Number.POSITIVE_INFINITY, remainder } = rule;
  const thirds = thirdsOf(points, level);
  const highest = Math.max(...points.map(({ value }) => value));
  const complaints: string[] = [];
  if (isGrowing(thirds, tolerance)) {
    const allowed = `${tolerance.share * 100} % and ${tolerance.slack}`;
    const [, middle, last] = thirds.map(shown);
    complaints.push(`${name}: the ${level} of the last third, ${last}, is more than ${allowed} above ${middle}`);
  }
  if (highest > most) complaints.push(`${name}: ${shown(highest)} at the most, which is beyond ${most}`);
  if (remainder !== null && after > before + remainder) {
    complaints.push(`${name}: ${shown(after)} after the load, ${shown(before)} before it`);
  }
  return complaints;
}

const heading = ['', 'before', 'thirds', '', '', 'per min', 'after', ''];

/** A table with a line for each series. */
export function seriesTable(all: readonly Series[]): string {
  const rows = [heading, ...all.map(rowOf)];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function rowOf(series: Series): readonly string[] {
  const { rule, points, before, after } = series;
  const slope = slopePerMinute(points.slice(Math.floor(points.length / 2)));
  const verdict = seriesComplaints(series).length === 0 ? 'ok' : 'GROWS';
  const signed = `${slope < 0 ? '' : '+'}${shown(slope)}`;
  return [rule.name, shown(before), ...thirdsOf(points, rule.level).map(shown), signed, shown(after), verdict];
}

function shown(value: number): string {
  return value.toFixed(1).replace(/^-0\.0$/, '0.0');
}
