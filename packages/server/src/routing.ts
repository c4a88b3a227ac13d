import { type Operation, operationFor, type Paths, parseRequestTarget } from '@contract-first/core';
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
    const routed = operationOf(request);
    const item = paths.match(parseRequestTarget(request.raw.url ?? '').path)?.item;
    if (item === undefined) throw refusalOfMethod(undefined);
    const operation = operationFor(item, request.method);
    if (operation !== null) {
      // The router decodes names before it compares them, and goes on to another path where one lacks the method.
      if (operation === routed) return undefined;
      throw refusalOfMethod(undefined);
    }
    if (request.method !== 'OPTIONS') throw refusalOfMethod(item);
    return reply
      .code(200)
      .headers({ ...standardHeadersFor(request), ...allowHeaders(item), 'content-length': '0' })
      .send();
  };
}
