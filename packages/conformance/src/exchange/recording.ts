import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type FieldLines, joinFieldLines, splitLine } from './exchange.ts';
import type { Acceptances, Recorder } from './recorder.ts';

/**
 * Records every exchange of a Fastify instance that has been created but is not ready yet, through sockets and `inject`.
 * What the server does stays the same: chunks are looked at where they pass, and no stream is put in between.
 *
 * Messages that Node's HTTP parser refuses never become requests; give them to `recorder.add`. Neither are those
 * recorded that an injected request with an undecodable path gets, since Fastify runs no hook for it.
 */
export function recordExchanges(app: FastifyInstance, recorder: Recorder): void {
  const observed = new WeakMap<IncomingMessage, Acceptances>();
  const observeOnce = (request: IncomingMessage, response: ServerResponse): Acceptances => {
    const known = observed.get(request);
    if (known !== undefined) return known;
    const accepted: Acceptances = new Map();
    observed.set(request, accepted);
    observe(request, response, (raw) => recorder.add(raw, accepted));
    return accepted;
  };
  // Over a socket this comes before anything of Fastify; an injected request has no server and is seen by the hook.
  app.server.prependListener('request', observeOnce);
  app.addHook('onRequest', (request, reply, done) => {
    recorder.requests.run(observeOnce(request.raw, reply.raw), done);
  });
}

type Add = (exchange: Parameters<Recorder['add']>[0]) => void;

function observe(request: IncomingMessage, response: ServerResponse, add: Add): void {
  const received = observeRequest(request);
  observeResponse(response, (sent) => {
    const rawRequestHeaders = pairs(request.rawHeaders);
    const [status, responseHeaders] = headOf(response);
    add({
      method: request.method ?? '',
      target: request.url ?? '',
      requestHeaders: joinFieldLines(rawRequestHeaders),
      rawRequestHeaders,
      requestBody: Buffer.concat(received),
      status,
      responseHeaders: joinFieldLines(responseHeaders),
      responseBody: Reflect.get(response, '_hasBody') === false ? new Uint8Array() : sent,
      source: 'isLightMyRequest' in response ? 'inject' : 'http',
    });
  });
}

/** The parser, and light-my-request, hand over the body by `push`. */
function observeRequest(request: IncomingMessage): readonly Uint8Array[] {
  const received: Uint8Array[] = [];
  const push = request.push.bind(request);
  request.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk !== null) received.push(bytesOf(chunk, encoding));
    return push(chunk, encoding);
  };
  return received;
}

/** Calls back when the reply is complete, before its last bytes can have reached the client. */
function observeResponse(response: ServerResponse, onEnd: (sent: Uint8Array) => void): void {
  const sent: Uint8Array[] = [];
  let isEnding = false;
  const intercept = (name: 'write' | 'end'): void => {
    // `write` and `end` are overloaded; their arguments are passed on as they came.
    const original: unknown = Reflect.get(response, name);
    if (typeof original !== 'function') throw new TypeError(`the response has no method ${name}`);
    Reflect.set(response, name, (...args: unknown[]): unknown => {
      const [chunk, encoding] = args;
      // light-my-request writes from within `end` what was given to it.
      const isOwn = !isEnding;
      if (name === 'end') isEnding = true;
      if (isOwn && isChunk(chunk)) sent.push(bytesOf(chunk, encoding));
      const result: unknown = Reflect.apply(original, response, args);
      if (isOwn && name === 'end') onEnd(Buffer.concat(sent));
      return result;
    });
  };
  intercept('write');
  intercept('end');
}

function isChunk(chunk: unknown): boolean {
  return typeof chunk === 'string' || chunk instanceof Uint8Array;
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  return Buffer.from(String(chunk), typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
}

/** Status and field lines as Node wrote them. `getHeaders` lacks those that were given to `writeHead` alone. */
function headOf(response: ServerResponse): readonly [status: number, lines: FieldLines] {
  const head: unknown = Reflect.get(response, '_header');
  if (typeof head !== 'string') return [response.statusCode, []];
  const [startLine = '', ...lines] = head.split('\r\n').filter((line) => line !== '');
  return [Number(startLine.split(' ')[1] ?? response.statusCode), lines.map(splitLine)];
}

function pairs(flat: readonly string[]): FieldLines {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as const] : []));
}
