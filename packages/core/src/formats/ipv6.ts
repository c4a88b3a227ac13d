import { isIpv4 } from './ipv4.ts';

const group = /^[0-9a-f]{1,4}$/i;
const longest = 45;

/** `ipv6`: a text form of RFC 4291 §2.2, without a zone. */
export function isIpv6(value: string): boolean {
  if (value.length > longest) return false;
  const halves = value.split('::');
  const counts = halves.map((half, index) => groupsOf(half, index === halves.length - 1));
  const groups = counts.reduce((sum, count) => sum + count, 0);
  return halves.length === 1 ? groups === 8 : halves.length === 2 && groups <= 7;
}

/** The number of 16-bit groups; NaN, which no comparison passes, if the text is malformed. */
function groupsOf(text: string, last: boolean): number {
  if (text === '') return 0;
  const parts = text.split(':');
  const tail = last && parts.at(-1)?.includes('.') ? parts.pop() : undefined;
  if (!parts.every((part) => group.test(part)) || (tail !== undefined && !isIpv4(tail))) return Number.NaN;
  return parts.length + (tail === undefined ? 0 : 2);
}
