import type { Operation } from '@user-api/core';
import { ProblemError, problem } from '@user-api/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { exchangeKey, openExchange } from './exchange.ts';
import { countFieldLines } from './header-fields.ts';
import { allowHeaders, refusalOfMethod } from './http-parser.ts';
import type { PathTable } from './path-table.ts';
import { parseRequestTarget } from './request-target.ts';
import { standardHeaders } from './sending.ts';

/** The longest request target, in bytes, that is looked at (RFC 9110 §15.5.15). */
const MAX_TARGET = 8192;

/**
 * The first step of every request: one Host, a target of a sane length, a path and a method of the contract. What
 * passes belongs to an operation.
 */
export function createRouting(paths: PathTable, operationOf: (request: FastifyRequest) => Operation | null) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (countFieldLines(request.raw, 'host') !== 1 && request.raw.httpVersion !== '1.0')
      throw new ProblemError(problem('badRequest', { source: { header: 'Host' } }));
    if (Buffer.byteLength(request.raw.url ?? '') > MAX_TARGET) throw new ProblemError(problem('uriTooLong'));
    const operation = operationOf(request);
    if (operation !== null) {
      request.setDecorator(exchangeKey, openExchange(operation));
      return undefined;
    }
    const item = paths(parseRequestTarget(request.raw.url ?? '').path);
    if (request.method !== 'OPTIONS' || item === null) throw refusalOfMethod(item);
    return reply
      .code(200)
      .headers({ ...standardHeaders, 'x-request-id': request.id, ...allowHeaders(item), 'content-length': '0' })
      .send();
  };
}
