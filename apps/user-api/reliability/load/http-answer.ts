/** What is looked at of a reply. */
export interface HttpAnswer {
  readonly status: number;
  readonly hasRetryAfter: boolean;
  /** Whether the connection ends with it. */
  readonly isLast: boolean;
  /** Bytes of the whole message. */
  readonly length: number;
}

/**
 * Reads the reply that a text begins with. It reads no more than it needs, because it shares the processor with the
 * service that it measures.
 *
 * @param text one character a byte
 * @returns null if there is more to come
 * @throws {Error} if it is no reply with a length
 */
export function readAnswer(text: string): HttpAnswer | null {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = text.slice(0, end + 2).toLowerCase();
  const status = Number(/^http\/1\.1 (\d{3}) /.exec(head)?.[1]);
  const content = status === 304 ? 0 : Number(fieldOf(head, 'content-length') ?? Number.NaN);
  if (!Number.isInteger(status) || !Number.isInteger(content)) throw new Error(`no reply with a length: ${head}`);
  const length = end + 4 + content;
  if (text.length < length) return null;
  return {
    status,
    hasRetryAfter: fieldOf(head, 'retry-after') !== null,
    isLast: fieldOf(head, 'connection') === 'close',
    length,
  };
}

function fieldOf(head: string, name: string): string | null {
  const start = head.indexOf(`\r\n${name}:`);
  if (start === -1) return null;
  return head.slice(start + name.length + 3, head.indexOf('\r\n', start + 2)).trim();
}
