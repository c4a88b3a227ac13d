const seconds = /^\d+$/;
const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .+ (?:GMT|\d{4})$/;

/**
 * Reads Retry-After: seconds, or a date in any of the three forms of HTTP (RFC 9110 §10.2.3, §5.6.7).
 *
 * @param now milliseconds since 1970
 * @returns milliseconds to wait; 0 if the header is absent, malformed or past
 */
export function retryAfter(headers: Headers, now: number): number {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (seconds.test(value)) return Number(value) * 1000;
  if (!date.test(value)) return 0;
  // The form of asctime names no zone; it is UTC all the same.
  const time = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(time) ? 0 : Math.max(0, time - now);
}
