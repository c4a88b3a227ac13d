import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';

/** One response as it came over the wire. */
export interface WireResponse {
  readonly status: number;
  /** By lower-case name; the values of repeated headers are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection on which a test says each byte itself. */
export interface Connection {
  /** Resolves once the bytes are handed to the system. */
  send(...parts: readonly (string | Uint8Array)[]): Promise<void>;
  /**
   * The next response, in the order of the wire; 100 counts as one.
   *
   * @param options `bodiless` for the answer to HEAD
   * @throws Error if the server closes before the response is complete
   */
  next(options?: { readonly bodiless?: boolean }): Promise<WireResponse>;
  /** What else arrives until the server closes; resolves only then. */
  rest(): Promise<string>;
  /** Closes the sending side. */
  end(): void;
  destroy(): void;
}

/** Opens a connection to where the service listens. */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
  const changes = new EventEmitter();
  let bytes = Buffer.alloc(0);
  let isOver = false;
  const finish = (): void => {
    isOver = true;
    changes.emit('change');
  };
  socket.on('data', (data) => {
    bytes = Buffer.concat([bytes, data]);
    changes.emit('change');
  });
  // A server that refuses an upload may reset the connection after its reply, which has been received by then.
  for (const event of ['end', 'error', 'close']) socket.on(event, finish);
  await once(socket, 'connect');

  return {
    send: (...parts) =>
      new Promise((resolve) => {
        socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))), () => resolve());
      }),
    async next({ bodiless = false } = {}) {
      for (;;) {
        const found = readResponse(bytes, bodiless);
        if (found !== null) {
          bytes = bytes.subarray(found.length);
          return found.response;
        }
        if (isOver) throw new Error(`the connection ended before a response: ${bytes.toString('latin1')}`);
        await once(changes, 'change');
      }
    },
    async rest() {
      while (!isOver) await once(changes, 'change');
      return bytes.toString('utf8');
    },
    end: () => socket.end(),
    destroy: () => socket.destroy(),
  };
}

function readResponse(bytes: Buffer, bodiless: boolean): { response: WireResponse; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    const value = line.slice(at + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const hasBody = !bodiless && status >= 200 && status !== 204 && status !== 304;
  const length = end + 4 + (hasBody ? Number(headers['content-length']) : 0);
  if (Number.isNaN(length)) throw new Error(`a response without a length: ${statusLine}`);
  if (bytes.length < length) return null;
  return { response: { status, headers, body: bytes.subarray(end + 4, length).toString('utf8') }, length };
}

/** The lines of a request, without the Host header if `lines` has one. */
export function requestHead(method: string, target: string, ...lines: readonly string[]): string {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : ['host: api.example'];
  return `${[`${method} ${target} HTTP/1.1`, ...host, ...lines].join('\r\n')}\r\n\r\n`;
}

/** A body in one chunk. */
export function chunked(body: string): string {
  return `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

/** Sends bytes on a connection of their own and returns the first response. */
export async function exchangeBytes(url: string, ...parts: readonly (string | Uint8Array)[]): Promise<WireResponse> {
  const connection = await openConnection(url);
  try {
    await connection.send(...parts);
    return await connection.next();
  } finally {
    connection.destroy();
  }
}
