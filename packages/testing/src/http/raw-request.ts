import { once } from 'node:events';
import { connect } from 'node:net';

/** A response as it came over the wire. */
export interface RawResponse {
  readonly status: number;
  /** By lower-case name; the values of repeated headers in their order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
  /** Everything that came, a `100 Continue` before the response included. */
  readonly text: string;
}

/**
 * Sends bytes as they are, for requests that an HTTP library would tidy, and reads until the server closes or, with
 * `responses`, until so many responses came.
 *
 * @param url where the server listens
 * @param chunks written one after the other; `half` closes the sending side afterwards
 */
export async function rawRequest(
  url: string,
  chunks: readonly (string | Uint8Array)[],
  { half = false } = {},
): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await once(socket, 'connect');
  const received: Buffer[] = [];
  const closed = new Promise<void>((resolve) => {
    socket.on('data', (data) => {
      received.push(data);
      if (isComplete(Buffer.concat(received))) resolve();
    });
    socket.on('end', resolve);
    socket.on('close', () => resolve());
    // A reset after the reply is what a refused upload ends in; the reply itself was received by then.
    socket.on('error', () => resolve());
  });
  for (const chunk of chunks) if (socket.writable) socket.write(chunk);
  if (half) socket.end();
  await closed;
  socket.destroy();
  return parse(Buffer.concat(received).toString('utf8'));
}

/** Lines with CRLF, an empty line at the end. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function isComplete(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0 || /^HTTP\/1\.1 100 /.test(text)) return false;
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(text.slice(0, end))?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}

function parse(text: string): RawResponse {
  const [top = '', ...rest] = text.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '').split('\r\n\r\n');
  const [statusLine = '', ...lines] = top.split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n'), text };
}
