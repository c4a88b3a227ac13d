import type { Random } from './random.ts';

/**
 * When the requests of an open loop are to be sent: whatever becomes of them, as those of many independent clients
 * (a Poisson process).
 *
 * @param rate arrivals a second on average
 * @param seconds how long they last
 * @returns ascending milliseconds from the beginning
 */
export function planArrivals(rate: number, seconds: number, random: Random): readonly number[] {
  const arrivals: number[] = [];
  const end = seconds * 1000;
  for (let at = gap(rate, random); at < end; at += gap(rate, random)) arrivals.push(at);
  return arrivals;
}

/** Milliseconds to the next one: exponentially distributed. */
function gap(rate: number, random: Random): number {
  return (-Math.log(1 - random.between(0, 1)) / rate) * 1000;
}
