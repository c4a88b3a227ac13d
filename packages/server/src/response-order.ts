// By hand: neither Node nor Fastify carries out pipelined requests one after the other, and no library does.
import type { RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Keeps the requests of a connection and their replies in order (RFC 9112 §9.3.2). */
export interface ResponseOrder {
  /**
   * Hands a request on once the one before it has been answered, and not at all if that answer closed the connection
   * (RFC 9112 §9.6). Node alone hands all of them on at once: changes would overtake each other, and what stands behind
   * a refused message would be carried out. A connection with too many unanswered requests is dropped.
   */
  inOrder(listener: RequestListener): RequestListener;
  /**
   * Calls `answer`, which writes past Node's HTTP server, once every earlier request of the connection has its reply.
   * If the request at fault has been answered already, because its body was not waited for, the connection is closed
   * instead: a second reply would be taken for that of the next request.
   */
  whenDue(socket: Duplex, answer: () => void): void;
}

/** How many unanswered requests a connection may have; what is read ahead of the answers takes memory. */
const MAX_UNANSWERED = 100;

export function createResponseOrder(): ResponseOrder {
  const latest = new WeakMap<Duplex, ServerResponse>();
  const unfinished = new WeakMap<Duplex, Set<ServerResponse>>();

  function track(socket: Duplex, responses: Set<ServerResponse>, response: ServerResponse): void {
    unfinished.set(socket, responses.add(response));
    latest.set(socket, response);
    response.once('close', () => responses.delete(response));
  }

  function inOrder(listener: RequestListener): RequestListener {
    return (request, response) => {
      const { socket } = request;
      const unanswered = unfinished.get(socket) ?? new Set();
      if (unanswered.size >= MAX_UNANSWERED) {
        socket.destroy();
        return;
      }
      const before = [...unanswered].at(-1);
      track(socket, unanswered, response);
      // Node drops what came in one packet with an upgrade that is not taken, so that the next byte may be any.
      if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
      // The socket ends with an answer that closes the connection, which may have left before this request was read.
      const handOn = (): void => {
        if (socket.writable) listener(request, response);
      };
      if (before === undefined) handOn();
      else before.once('close', handOn);
    };
  }

  function whenDue(socket: Duplex, answer: () => void): void {
    const last = latest.get(socket);
    const current = last !== undefined && !last.req.complete ? last : null;
    if (current?.headersSent) {
      socket.end(() => socket.destroy());
      return;
    }
    const earlier = [...(unfinished.get(socket) ?? [])].find((response) => response !== current);
    if (earlier === undefined) answer();
    else earlier.once('close', () => whenDue(socket, answer));
  }

  return { inOrder, whenDue };
}
