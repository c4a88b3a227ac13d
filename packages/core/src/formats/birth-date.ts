import { isDate } from './date.ts';

const yearAlone = /^(?!0000)\d{4}$/;
/** Milliseconds by which the earliest time zone, UTC+14, is ahead. */
const earliestZone = 14 * 3_600_000;

/**
 * `birth-date` of OpenID Connect Core §5.1: `YYYY-MM-DD`, where the year `0000` says that it is left out, or `YYYY`
 * alone. A real day that has begun somewhere on earth.
 *
 * @param now milliseconds since 1970
 */
export function isBirthDate(value: string, now: number = Date.now()): boolean {
  // Both forms are read as the start of the day, or of the year, in UTC (ECMA-262 §21.4.1.32).
  return (yearAlone.test(value) || isDate(value)) && Date.parse(value) <= now + earliestZone;
}
