/** One request and its reply, as they went over the wire or through `inject`. */
export interface Exchange {
  readonly method: string;
  /** The request target as it was sent, query included, still percent-encoded (RFC 9112 §3.2). */
  readonly target: string;
  /** By lower-case name; repeated field lines are joined by `, `. */
  readonly requestHeaders: Headers;
  /** Every field line in its order, with the names as they were sent. */
  readonly rawRequestHeaders: readonly (readonly [name: string, value: string])[];
  /** As far as it was read. */
  readonly requestBody: Uint8Array;
  readonly status: number;
  /** By lower-case name; repeated field lines are joined by `, `. */
  readonly responseHeaders: Headers;
  /** The content that left; empty for HEAD, 204 and 304, whatever was written. */
  readonly responseBody: Uint8Array;
  /** The operation that the method and the target belong to; null if there is none. */
  readonly operationId: string | null;
  /** The security alternative that let the request in, schemes joined by `+`; null if none did, or if nobody watched. */
  readonly security: string | null;
  readonly source: 'inject' | 'http';
}

export type Headers = Readonly<Record<string, string>>;

export type FieldLines = readonly (readonly [name: string, value: string])[];

/** Field lines by lower-case name (RFC 9110 §5.3). */
export function joinFieldLines(lines: FieldLines): Headers {
  const joined = new Map<string, string>();
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}

/**
 * Makes an exchange of bytes, for what never becomes a request of the framework: a message that the HTTP parser refuses.
 * What cannot be read of the request stays empty.
 *
 * @param sent the bytes of the request
 * @param received the bytes of the response, of which the first final one counts
 */
export function exchangeOfBytes(sent: Uint8Array, received: Uint8Array): Omit<Exchange, 'operationId' | 'security'> {
  const request = splitMessage(sent);
  const response = splitMessage(withoutInterim(received));
  const [method = '', target = ''] = request.startLine.split(' ');
  return {
    method,
    target,
    requestHeaders: joinFieldLines(request.lines),
    rawRequestHeaders: request.lines,
    requestBody: request.body,
    status: Number(response.startLine.split(' ')[1] ?? 0),
    responseHeaders: joinFieldLines(response.lines),
    responseBody: response.body,
    source: 'http',
  };
}

function withoutInterim(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  return /^HTTP\/1\.1 1/.test(text) && end >= 0 ? withoutInterim(bytes.subarray(end + 4)) : bytes;
}

function splitMessage(bytes: Uint8Array): { startLine: string; lines: FieldLines; body: Uint8Array } {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  return { startLine, lines: lines.map(splitLine), body: end < 0 ? new Uint8Array() : bytes.subarray(end + 4) };
}

/** A field line, as it stands in a message. */
export function splitLine(line: string): readonly [name: string, value: string] {
  const at = line.indexOf(':');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
}
