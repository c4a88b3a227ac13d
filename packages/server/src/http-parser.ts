import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Problem, ProblemError, problem } from '@user-api/core';
import { codeOf, toProblemError } from './failure.ts';
import type { ErrorBodies } from './options.ts';
import type { PathItem, PathTable } from './path-table.ts';
import { parseRequestTarget } from './request-target.ts';
import { standardHeaders } from './sending.ts';

/**
 * Answers what never becomes a request of Fastify: bytes that Node's HTTP parser refuses, expectations, CONNECT. The
 * bodies are error documents like all others.
 */
/** An error of the parser. Fastify's type describes `rawPacket` as its JSON; at run time it is a Buffer. */
export type ParserError = Error & { readonly rawPacket?: unknown };

export interface HttpParserReplies {
  onClientError(error: ParserError, socket: Duplex): void;
  attach(server: Server): void;
}

export function createHttpParserReplies(
  paths: PathTable,
  errorBodies: ErrorBodies,
  newRequestId: () => string,
): HttpParserReplies {
  function render(error: ProblemError): { head: string; body: string } {
    const id = newRequestId();
    const body = JSON.stringify(errorBodies.create(id, error.problems));
    const headers = {
      ...standardHeaders,
      ...error.headers,
      'x-request-id': id,
      'content-type': errorBodies.mediaType,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return { head: `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}\r\n${lines.join('')}\r\n`, body };
  }

  function end(socket: Duplex, error: ProblemError): void {
    if (!socket.writable || ('bytesWritten' in socket && isAnswering(socket))) {
      socket.destroy();
      return;
    }
    const { head, body } = render(error);
    socket.end(head + body, () => socket.destroy());
  }

  function onClientError(error: ParserError, socket: Duplex): void {
    if (codeOf(error) === 'ECONNRESET') socket.destroy();
    else end(socket, problemOf(error, paths));
  }

  function onExpectation(_request: IncomingMessage, response: ServerResponse): void {
    const { socket } = response;
    if (socket !== null) end(socket, new ProblemError(problem('expectationFailed', { source: { header: 'Expect' } })));
  }

  return {
    onClientError,
    attach(server) {
      server.on('checkExpectation', onExpectation);
      // The body is asked for only once the headers have been accepted, so 100 is sent by the step that reads it.
      server.on('checkContinue', (request, response) => server.emit('request', request, response));
      server.on('connect', (request, socket) =>
        end(socket, refusalOfMethod(paths(parseRequestTarget(request.url ?? '').path))),
      );
    },
  };
}

/** Node marks a socket whose response has begun; a second one must not be mixed into it. */
function isAnswering(socket: Duplex): boolean {
  const message: unknown = Reflect.get(socket, '_httpMessage');
  return typeof message === 'object' && message !== null && Reflect.get(message, 'headersSent') === true;
}

/** Faults that the HTTP parser finds all count as a bad request, save for those that have a status of their own. */
function problemOf(error: ParserError, paths: PathTable): ProblemError {
  const code = codeOf(error);
  if (code === 'HPE_INVALID_METHOD') return unknownMethod(error.rawPacket, paths);
  const known = toProblemError(error, null);
  return known.status < 500 ? known : new ProblemError(problem('badRequest'), { cause: error });
}

/** The parser knows a fixed set of methods and calls every other token an error; to a client it is one not allowed. */
function unknownMethod(packet: unknown, paths: PathTable): ProblemError {
  const line = Buffer.isBuffer(packet) ? packet.subarray(0, 16_384).toString('latin1').split('\r\n', 1).join() : '';
  const target = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ (\S+) HTTP\/1\.[01]$/.exec(line)?.[1];
  if (target === undefined) return new ProblemError(problem('badRequest'));
  return refusalOfMethod(paths(parseRequestTarget(target).path));
}

/** 405 with `Allow` (RFC 9110 §15.5.6) on a path of the contract, 404 elsewhere. */
export function refusalOfMethod(item: PathItem | null): ProblemError {
  if (item === null) return new ProblemError(notFound);
  return new ProblemError(problem('methodNotAllowed'), { headers: allowHeaders(item) });
}

const notFound: Problem = problem('notFound');

/** What a resource offers (RFC 9110 §10.2.1, RFC 5789 §3.1). */
export function allowHeaders({ methods, acceptPatch }: PathItem): Readonly<Record<string, string>> {
  return { allow: methods.join(', '), ...(acceptPatch.length > 0 && { 'accept-patch': acceptPatch.join(', ') }) };
}
