import type { IncomingMessage } from 'node:http';

/**
 * How many field lines of one name came. Node joins or drops repeated lines, so that only the raw list tells
 * (RFC 9110 §5.3).
 *
 * @param name in lower case
 */
export function countFieldLines({ rawHeaders }: IncomingMessage, name: string): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === name) count += 1;
  return count;
}

/** Whether a body was sent or announced (RFC 9112 §6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return headers['content-length'] !== undefined && headers['content-length'] !== '0';
}
