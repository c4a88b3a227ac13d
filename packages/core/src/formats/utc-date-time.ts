import { isDateTime } from './date-time.ts';

// Existing mobile decoders take upper case, `Z` and 0 or 3 fraction digits only. No leap second: it is not an instant
// that a POSIX clock can name.
const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(?:\.\d{3})?Z$/;

/** `utc-date-time`: an instant of RFC 3339 in UTC with `Z` and 0 or 3 fraction digits. */
export function isUtcDateTime(value: string): boolean {
  return form.test(value) && isDateTime(value);
}
