import type { Operation, Principal, Problem } from '@contract-first/core';
import type { FastifyRequest } from 'fastify';

/** What the steps of a request hand on to the next ones. */
export interface Exchange {
  readonly operation: Operation;
  /** The declared parameters, decoded: by their place and then by the name in the contract. */
  readonly parameters: { path: Values; query: Values; header: Values };
  /** Faults that are told together with those of the body. */
  readonly problems: Problem[];
  principal: Principal | null;
  /** The media type of the body in lower case; null without a body. */
  requestMediaType: string | null;
  /** The media type that was negotiated for a successful reply; null if it has no body. */
  responseMediaType: string | null;
  /** The decoded and validated document. */
  body: unknown;
}

export type Values = Readonly<Record<string, unknown>>;

export const exchangeKey = Symbol('exchange');

/** @throws Error if the request has not gone through the routing step, which is a defect of the server */
export function exchangeOf(request: FastifyRequest): Exchange {
  const exchange = request.getDecorator<Exchange | null>(exchangeKey);
  if (exchange === null) throw new Error('the request belongs to no operation');
  return exchange;
}

export function openExchange(operation: Operation): Exchange {
  return {
    operation,
    parameters: { path: {}, query: {}, header: {} },
    problems: [],
    principal: null,
    requestMediaType: null,
    responseMediaType: null,
    body: undefined,
  };
}
