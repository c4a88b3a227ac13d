// By hand, not @fastify/under-pressure: it is a hook of Fastify, so that a refusal would cost about as much as an answer.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ProblemError, problem } from '@contract-first/core';
import type { FastifyBaseLogger } from 'fastify';
import { bareReply } from './bare-reply.ts';
import type { Sharing } from './cors.ts';
import type { ErrorFormat } from './error-format.ts';
import { checkMessage } from './http-message.ts';

/**
 * Asked once for each request, before anything is done for it: whether there is more to do than can be done in good
 * time. The response tells when a request that was taken is done with; it must not be written to.
 */
export type OverloadCheck = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface OverloadReplyOptions {
  readonly isOverloaded: OverloadCheck;
  readonly requestId: (request: IncomingMessage) => string;
  readonly errorFormat: ErrorFormat;
  readonly sharing: Sharing;
  readonly logger: FastifyBaseLogger | false;
}

/** Always the same one: a stack for each would cost more than all the rest. */
const overloaded = new ProblemError(problem('serviceUnavailable'), { headers: { 'retry-after': '1' } });

/**
 * Answers with 503 and Retry-After (RFC 9110 §15.6.4) in front of Fastify while there is too much to do. A refusal has to
 * cost little: whatever the offered load takes for refusals is missing for the requests that were taken.
 */
export function refuseOverload(listener: RequestListener, options: OverloadReplyOptions): RequestListener {
  const { isOverloaded, requestId, errorFormat, sharing, logger } = options;
  return (request, response) => {
    if (sharing.isPreflight(request) || !isOverloaded(request, response)) {
      listener(request, response);
      return;
    }
    const error = faultOf(request) ?? overloaded;
    const id = requestId(request);
    const { status, headers, body } = bareReply(error, id, errorFormat);
    response.writeHead(status, { ...headers, ...sharing.headersFor(request, headers) }).end(body);
    if (logger) logger.info({ reqId: id, codes: error.problems.map(({ code }) => code) }, 'request refused');
  };
}

/** What is wrong with the message itself: of one, the connection must not stay open (see {@link checkMessage}). */
function faultOf(request: IncomingMessage): ProblemError | null {
  try {
    checkMessage(request);
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}
