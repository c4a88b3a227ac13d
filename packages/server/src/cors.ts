// By hand, not @fastify/cors: it is a hook of Fastify, in front of which overload is refused, so that a page could not read
// the refusal; it adds a route for OPTIONS *, where OPTIONS here is answered with Allow and Accept-Patch on the paths of
// the contract and 404 elsewhere; and its methods are those of its options, not those of the path.
import type { IncomingMessage } from 'node:http';
import type { AnyOperations, Contract } from '@contract-first/core';

/** What the server itself answers or takes, whatever the contract declares. */
const SERVER_REPLY_HEADERS = ['accept-patch', 'allow', 'retry-after', 'www-authenticate', 'x-request-id'];
const SERVER_REQUEST_HEADERS = ['authorization', 'content-type', 'x-request-id'];

/** Seconds for which a browser may remember the answer to a preflight. */
const MAX_AGE = '600';

type Request = Pick<IncomingMessage, 'method' | 'headers'>;

/** Lets pages of some origins read replies (Fetch Standard §3.2). */
export interface Sharing {
  /**
   * Whether it is a preflight of one of their pages (Fetch Standard §4.8). It is answered even under overload: of a
   * refused one, a page would learn neither the status nor when to come back.
   */
  isPreflight(request: Request): boolean;
  /**
   * What a reply has to say besides its own headers.
   *
   * @param reply those of its own headers that matter
   */
  headersFor(
    request: Request,
    reply: { readonly vary?: unknown; readonly allow?: unknown },
  ): Readonly<Record<string, string>>;
}

/**
 * Headers are only added: OPTIONS is answered as always, so that a preflight has the methods of its path, and one from
 * elsewhere learns nothing that a browser would act on. Credentials are not allowed, because the API takes no cookies.
 *
 * @param origins compared character by character; without any, nothing is added
 */
export function shareWithOrigins(origins: readonly string[], contract: Contract<AnyOperations>): Sharing {
  const allowed = new Set(origins);
  const exposedHeaders = replyHeaders(contract).join(', ');
  const allowedHeaders = requestHeaders(contract).join(', ');

  function isPreflight({ method, headers }: Request): boolean {
    const { origin, 'access-control-request-method': requestedMethod } = headers;
    return method === 'OPTIONS' && requestedMethod !== undefined && origin !== undefined && allowed.has(origin);
  }

  return {
    isPreflight,
    headersFor(request, reply) {
      if (allowed.size === 0) return {};
      const vary = withOrigin(reply.vary);
      const { origin } = request.headers;
      if (origin === undefined || !allowed.has(origin)) return { vary };
      const shared = { vary, 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders };
      if (!isPreflight(request) || typeof reply.allow !== 'string') return shared;
      return {
        ...shared,
        'access-control-allow-methods': reply.allow,
        'access-control-allow-headers': allowedHeaders,
        'access-control-max-age': MAX_AGE,
      };
    },
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
  return [...new Set([...SERVER_REPLY_HEADERS, ...declared])].sort();
}

function requestHeaders({ operations }: Contract<AnyOperations>): readonly string[] {
  const declared = Object.values(operations)
    .flatMap(({ parameters }) => parameters)
    .flatMap(({ in: place, name }) => (place === 'header' ? [name.toLowerCase()] : []));
  return [...new Set([...SERVER_REQUEST_HEADERS, ...declared])].sort();
}
