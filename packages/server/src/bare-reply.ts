import type { ProblemError } from '@contract-first/core';
import type { ErrorBodies } from './options.ts';
import { standardHeaders } from './sending.ts';

/** A reply to a request that Fastify does not get. */
export interface BareReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The reply to an error, like those to requests of Fastify. Strict transport is not said, since only Fastify knows which
 * proxies are believed that a request came by https.
 */
export function bareReply(error: ProblemError, requestId: string, errorBodies: ErrorBodies): BareReply {
  const body = JSON.stringify(errorBodies.create(requestId, error.problems));
  return {
    status: error.status,
    headers: {
      ...standardHeaders,
      ...error.headers,
      'x-request-id': requestId,
      'content-type': errorBodies.mediaType,
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  };
}
