import { isDate } from './date.ts';
import { isTime } from './time.ts';

const separated = /^(.{10})t(.+)$/i;

/** `date-time` of RFC 3339 §5.6, with any offset. */
export function isDateTime(value: string): boolean {
  const [, date = '', time = ''] = separated.exec(value) ?? [];
  return isDate(date) && isTime(time);
}
