import type { ProblemError } from '@contract-first/core';
import type { ErrorFormat } from './error-format.ts';
import { standardHeaders } from './sending.ts';

/** A reply to a request that does not get as far as Fastify. */
export interface BareReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The reply to an error, like those to requests of Fastify. It has no Strict-Transport-Security, since only Fastify knows
 * which proxies may say that a request came by https.
 */
export function bareReply(error: ProblemError, requestId: string, errorFormat: ErrorFormat): BareReply {
  const { mediaType, body: document } = errorFormat({ operation: null, requestId, problems: error.problems });
  const body = JSON.stringify(document);
  return {
    status: error.status,
    headers: {
      ...standardHeaders,
      ...error.headers,
      'x-request-id': requestId,
      'content-type': mediaType,
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  };
}
