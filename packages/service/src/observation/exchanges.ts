import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '@contract-first/core';
import type { OperationLookup } from '@contract-first/server';
import type { FastifyInstance } from 'fastify';

/** What metrics and traces may know of a request. The URL is not among it: there are ids in it (rule A25). */
export interface ObservedExchange {
  /** null if the request asked for none. */
  readonly operation: Operation | null;
  /** As it was sent. */
  readonly method: string;
  /** null if the client left before there was a reply. */
  readonly status: number | null;
  readonly requestHeaders: IncomingHttpHeaders;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
}

export interface ExchangeObserver {
  onStart?(): void;
  /** Comes once for every start. */
  onEnd(exchange: ObservedExchange): void;
}

/**
 * Tells observers of every request that arrives on a socket, whether or not it gets as far as its operation.
 *
 * @param app before anything is registered
 */
export function observeExchanges(
  app: FastifyInstance,
  operationOf: OperationLookup,
  observers: readonly ExchangeObserver[],
): void {
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = Date.now();
    const start = performance.now();
    for (const observer of observers) observer.onStart?.();
    response.once('close', () => {
      const exchange: ObservedExchange = {
        operation: operationOf(request),
        method: request.method ?? '',
        status: response.headersSent ? response.statusCode : null,
        requestHeaders: request.headers,
        startedAt,
        seconds: (performance.now() - start) / 1000,
      };
      for (const observer of observers) observer.onEnd(exchange);
    });
  });
}
