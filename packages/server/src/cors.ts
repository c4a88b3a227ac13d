import type { IncomingMessage } from 'node:http';
import type { AnyOperations, Contract } from '@user-api/core';

/** What the server itself answers or takes, whatever the contract declares. */
const OWN_REPLY_HEADERS = ['accept-patch', 'allow', 'retry-after', 'www-authenticate', 'x-request-id'];
const OWN_REQUEST_HEADERS = ['authorization', 'content-type', 'x-request-id'];

/** Seconds for which a browser may remember the answer to a preflight. */
const MAX_AGE = '600';

/**
 * What a reply has to say besides its own headers, so that pages may read it.
 *
 * @param reply those of its own headers that matter
 */
export type ShareReply = (
  request: Pick<IncomingMessage, 'method' | 'headers'>,
  reply: { readonly vary?: unknown; readonly allow?: unknown },
) => Readonly<Record<string, string>>;

/**
 * Lets pages of the listed origins read replies (Fetch Standard §3.2). It only adds headers: OPTIONS is answered as
 * always, so that a preflight has the methods of its path, and one from elsewhere learns nothing that a browser would
 * act on. Credentials are not allowed, because the API takes no cookies.
 *
 * @param origins compared character by character; without any, nothing is added
 */
export function shareWithOrigins(origins: readonly string[], contract: Contract<AnyOperations>): ShareReply {
  if (origins.length === 0) return () => ({});
  const allowed = new Set(origins);
  const exposedHeaders = replyHeaders(contract).join(', ');
  const allowedHeaders = requestHeaders(contract).join(', ');
  return ({ method, headers }, reply) => {
    const { origin, 'access-control-request-method': requestedMethod } = headers;
    const vary = withOrigin(reply.vary);
    if (origin === undefined || !allowed.has(origin)) return { vary };
    const shared = { vary, 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders };
    if (method !== 'OPTIONS' || requestedMethod === undefined || typeof reply.allow !== 'string') return shared;
    return {
      ...shared,
      'access-control-allow-methods': reply.allow,
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': MAX_AGE,
    };
  };
}

/**
 * Tells preflights of pages of the listed origins (Fetch Standard §4.8). They are answered even under overload: of a
 * refused one, a page would learn neither the status nor when to come back.
 */
export function preflightsOf(origins: readonly string[]): (request: IncomingMessage) => boolean {
  const allowed = new Set(origins);
  return ({ method, headers }) =>
    method === 'OPTIONS' &&
    headers['access-control-request-method'] !== undefined &&
    headers.origin !== undefined &&
    allowed.has(headers.origin);
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
