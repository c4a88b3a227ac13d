import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Keeps a reply that is written past Node's HTTP server from taking the place of another one on its connection. */
export interface ResponseOrder {
  attach(server: Server): void;
  /**
   * Calls `answer` once every earlier request of the connection has its reply (RFC 9112 §9.3.2). If the request at
   * fault has been answered already, because its body was not waited for, the connection is closed instead: a second
   * reply would be taken for that of the next request.
   */
  whenDue(socket: Duplex, answer: () => void): void;
}

export function createResponseOrder(): ResponseOrder {
  const latest = new WeakMap<Duplex, ServerResponse>();
  const unfinished = new WeakMap<Duplex, Set<ServerResponse>>();

  function track({ socket }: IncomingMessage, response: ServerResponse): void {
    const responses = unfinished.get(socket) ?? new Set();
    unfinished.set(socket, responses.add(response));
    latest.set(socket, response);
    response.once('close', () => responses.delete(response));
  }

  function whenDue(socket: Duplex, answer: () => void): void {
    const last = latest.get(socket);
    const own = last !== undefined && !last.req.complete ? last : null;
    if (own?.headersSent) {
      socket.end(() => socket.destroy());
      return;
    }
    const earlier = [...(unfinished.get(socket) ?? [])].find((response) => response !== own);
    if (earlier === undefined) answer();
    else earlier.once('close', () => whenDue(socket, answer));
  }

  return {
    attach: (server) => {
      server.on('request', track);
    },
    whenDue,
  };
}
