import { timeZones } from './time-zones.ts';

/** `time-zone`: a name of the IANA tz database, links included, in its exact case (RFC 6557). */
export function isTimeZone(value: string): boolean {
  return timeZones.has(value);
}
