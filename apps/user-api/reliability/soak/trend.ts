/** One number at one moment. */
export interface Point {
  /** Milliseconds by any clock that does not go backwards. */
  readonly at: number;
  readonly value: number;
}

/**
 * How fast something grows: the straight line with the least squares.
 *
 * @returns what is added in a minute; 0 for fewer than two moments
 */
export function slopePerMinute(points: readonly Point[]): number {
  const meanAt = mean(points.map(({ at }) => at));
  const meanValue = mean(points.map(({ value }) => value));
  const spread = points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const common = points.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - meanValue), 0);
  return spread === 0 ? 0 : (common / spread) * 60_000;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How much of a growth is none. Both count together. */
export interface Tolerance {
  /** Of the value before, for instance 0.1 for a tenth. */
  readonly share: number;
  /** In the unit of the values. */
  readonly slack: number;
}

/** `minimum` for memory, which is lowest after a collection; `median` for what goes up and down by chance. */
export type Level = 'minimum' | 'median';

/** What a series comes to in the three thirds of its time. */
export type Thirds = readonly [first: number, middle: number, last: number];

/** @throws {RangeError} for fewer than three points */
export function thirdsOf(points: readonly Point[], level: Level): Thirds {
  if (points.length < 3) throw new RangeError('a trend needs three samples: let it take longer');
  const cut = (part: number): number => Math.round((points.length * part) / 3);
  const third = (part: number): number =>
    levelOf(
      points.slice(cut(part), cut(part + 1)).map(({ value }) => value),
      level,
    );
  return [third(0), third(1), third(2)];
}

function levelOf(values: readonly number[], level: Level): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[level === 'minimum' ? 0 : Math.floor(sorted.length / 2)] ?? 0;
}

/** Whether the last third is above the middle one by more than is tolerated. The first one is warming up. */
export function isGrowing([, middle, last]: Thirds, { share, slack }: Tolerance): boolean {
  return last > middle * (1 + share) + slack;
}
