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
  const today = new Date(now + earliestZone).toISOString().slice(0, value.length);
  return (yearAlone.test(value) || isDate(value)) && value <= today;
}
