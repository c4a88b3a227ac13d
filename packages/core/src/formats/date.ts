const fullDate = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `date`: full-date of RFC 3339 §5.6, a day that the calendar has. */
export function isDate(value: string): boolean {
  const [, year, month, day] = fullDate.exec(value) ?? [];
  return isDay(Number(year), Number(month), Number(day));
}

/** Whether the proleptic Gregorian calendar has the day. The year 0000 is a leap year (RFC 3339 appendix C). */
export function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
