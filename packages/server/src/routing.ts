import { type Operation, type Paths, parseRequestTarget } from '@contract-first/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkMessage } from './http-message.ts';
import { allowHeaders, refusalOfMethod } from './http-parser.ts';
import { standardHeadersFor } from './sending.ts';

/**
 * The first step of every request: a sane message, a path and a method of the contract. What passes belongs to an
 * operation.
 */
export function createRouting(paths: Paths, operationOf: (request: FastifyRequest) => Operation | null) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    checkMessage(request.raw);
    const operation = operationOf(request);
    const item = paths.match(parseRequestTarget(request.raw.url ?? '').path)?.item;
    // The router decodes names before it compares them; a path has one spelling here, whatever the method.
    if (operation !== null && item !== undefined) return undefined;
    if (request.method !== 'OPTIONS' || item === undefined) throw refusalOfMethod(item);
    return reply
      .code(200)
      .headers({ ...standardHeadersFor(request), ...allowHeaders(item), 'content-length': '0' })
      .send();
  };
}
