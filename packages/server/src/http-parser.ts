// By hand: no library answers the errors of Node's HTTP parser and CONNECT with error documents, 405 and Allow included;
// Fastify's own clientErrorHandler knows 400, 408 and 431 in a format of its own.
import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type PathItem,
  type Paths,
  type Problem,
  ProblemError,
  parseRequestTarget,
  problem,
} from '@contract-first/core';
import { bareReply } from './bare-reply.ts';
import type { ErrorFormat } from './error-format.ts';
import { codeOf, toProblemError } from './failure.ts';
import type { ResponseOrder } from './response-order.ts';

/** An error of the parser. Fastify's type describes `rawPacket` as its JSON; at run time it is a Buffer. */
export type ParserError = Error & { readonly rawPacket?: unknown; readonly bytesParsed?: unknown };

/**
 * Answers what never becomes a request of Fastify: bytes that Node's HTTP parser refuses, and CONNECT. The bodies are
 * error documents like all others.
 */
export interface HttpParserReplies {
  onClientError(error: ParserError, socket: Duplex): void;
  attach(server: Server): void;
}

export interface HttpParserReplyOptions {
  readonly paths: Paths;
  readonly errorFormat: ErrorFormat;
  readonly order: ResponseOrder;
  readonly newRequestId: () => string;
}

export function createHttpParserReplies({
  paths,
  errorFormat,
  order,
  newRequestId,
}: HttpParserReplyOptions): HttpParserReplies {
  const refused = new WeakSet<Duplex>();

  function render(error: ProblemError): string {
    const { status, headers, body } = bareReply(error, newRequestId(), errorFormat);
    const complete = { ...headers, date: new Date().toUTCString(), connection: 'close' };
    const lines = Object.entries(complete).map(([name, value]) => `${name}: ${value}\r\n`);
    return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
  }

  /** The last reply of a connection. The parser reports its error once more for everything that still arrives. */
  function end(socket: Duplex, error: ProblemError): void {
    if (refused.has(socket)) return;
    refused.add(socket);
    order.whenDue(socket, () => {
      if (socket.writable) socket.end(render(error), () => socket.destroy());
      else socket.destroy();
    });
  }

  function onClientError(error: ParserError, socket: Duplex): void {
    if (codeOf(error) === 'ECONNRESET') socket.destroy();
    else end(socket, problemOf(error, paths));
  }

  return {
    onClientError,
    attach(server) {
      // Routing judges expectations. 100 is sent by the step that reads the body, once the headers have been accepted.
      server.on('checkExpectation', (request, response) => server.emit('request', request, response));
      server.on('checkContinue', (request, response) => server.emit('request', request, response));
      server.on('connect', (request, socket) =>
        end(socket, refusalOfMethod(paths.match(parseRequestTarget(request.url ?? '').path)?.item)),
      );
    },
  };
}

/** Faults that the HTTP parser finds all count as a bad request, save for those that have a status of their own. */
function problemOf(error: ParserError, paths: Paths): ProblemError {
  const code = codeOf(error);
  if (code === 'HPE_INVALID_METHOD') return unknownMethod(requestLineOf(error), paths);
  const known = toProblemError(error, null, []);
  return known.status < 500 ? known : new ProblemError(problem('badRequest'), { cause: error });
}

/** The line that the parser stopped in. Earlier requests may stand before it in the packet. */
function requestLineOf({ rawPacket, bytesParsed }: ParserError): string {
  if (!Buffer.isBuffer(rawPacket) || typeof bytesParsed !== 'number') return '';
  const start = bytesParsed > 0 ? rawPacket.lastIndexOf('\n', bytesParsed - 1) + 1 : 0;
  const [line = ''] = rawPacket
    .subarray(start, start + 16_384)
    .toString('latin1')
    .split('\r\n', 1);
  return line;
}

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The parser knows a fixed set of methods and calls every other token an error; to a client it is one not allowed. */
function unknownMethod(line: string, paths: Paths): ProblemError {
  const [version, target, method = ''] = line.split(' ').reverse();
  // The JSON body of an earlier request may stand before the method.
  const isRequest = METHOD.test(method.slice(method.lastIndexOf('}') + 1)) && /^HTTP\/1\.[01]$/.test(version ?? '');
  if (!isRequest || target === undefined) return new ProblemError(problem('badRequest'));
  return refusalOfMethod(paths.match(parseRequestTarget(target).path)?.item);
}

/** 405 with `Allow` (RFC 9110 §15.5.6) on a path of the contract, 404 elsewhere. */
export function refusalOfMethod(item: PathItem | undefined): ProblemError {
  if (item === undefined) return new ProblemError(notFound);
  return new ProblemError(problem('methodNotAllowed'), { headers: allowHeaders(item) });
}

const notFound: Problem = problem('notFound');

/** What a resource offers (RFC 9110 §10.2.1, RFC 5789 §3.1). */
export function allowHeaders({ methods, acceptPatch }: PathItem): Readonly<Record<string, string>> {
  return { allow: methods.join(', '), ...(acceptPatch.length > 0 && { 'accept-patch': acceptPatch.join(', ') }) };
}
