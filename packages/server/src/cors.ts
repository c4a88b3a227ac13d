import type { AnyOperations, Contract } from '@user-api/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the server itself answers or takes, whatever the contract declares. */
const OWN_REPLY_HEADERS = ['accept-patch', 'allow', 'retry-after', 'www-authenticate', 'x-request-id'];
const OWN_REQUEST_HEADERS = ['authorization', 'content-type', 'x-request-id'];

/** Seconds for which a browser may remember the answer to a preflight. */
const MAX_AGE = '600';

/**
 * Makes the `onSend` hook that lets pages of the listed origins read replies (Fetch Standard §3.2). It only adds
 * headers: OPTIONS is answered as always, so that a preflight has the methods of its path, and one from elsewhere learns
 * nothing that a browser would act on. Credentials are not allowed, because the API takes no cookies.
 *
 * @param origins compared character by character
 */
export function shareWithOrigins(origins: readonly string[], contract: Contract<AnyOperations>) {
  const allowed = new Set(origins);
  const exposedHeaders = replyHeaders(contract).join(', ');
  const allowedHeaders = requestHeaders(contract).join(', ');
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { origin, 'access-control-request-method': requestedMethod } = request.headers;
    reply.header('vary', withOrigin(reply.getHeader('vary')));
    if (origin === undefined || !allowed.has(origin)) return;
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders });
    const methods = reply.getHeader('allow');
    if (request.method !== 'OPTIONS' || requestedMethod === undefined || methods === undefined) return;
    reply.headers({
      'access-control-allow-methods': methods,
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': MAX_AGE,
    });
  };
}

/** The reply depends on Origin even where it has none (RFC 9110 §12.5.5). */
function withOrigin(vary: unknown): string {
  return typeof vary === 'string' && vary !== '' ? `${vary}, Origin` : 'Origin';
}

function replyHeaders({ operations }: Contract<AnyOperations>): readonly string[] {
  const declared = Object.values(operations)
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ headers }) => Object.keys(headers));
  return [...new Set([...OWN_REPLY_HEADERS, ...declared])].sort();
}

function requestHeaders({ operations }: Contract<AnyOperations>): readonly string[] {
  const declared = Object.values(operations)
    .flatMap(({ parameters }) => parameters)
    .flatMap(({ in: place, name }) => (place === 'header' ? [name.toLowerCase()] : []));
  return [...new Set([...OWN_REQUEST_HEADERS, ...declared])].sort();
}
