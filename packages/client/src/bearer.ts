import { TokenError } from './errors.ts';
import type { Fetch } from './fetch.ts';

/** Why a token is asked for. */
export interface TokenRequest {
  /** True after a 401: the token given before is of no use any more, a kept one must not be given again. */
  readonly refresh: boolean;
}

/** Gives the access token. It is asked once per call, so it should keep the token until it is near its end. */
export type TokenSource = (request: TokenRequest) => string | Promise<string>;

/** A token, and how many renewals there were before it was asked for. */
interface Issued {
  readonly token: string;
  readonly renewals: number;
}

/** The tokens that all calls of a client share. */
export interface Tokens {
  /** @throws whatever the source throws */
  current(): Promise<Issued>;
  /** A newer token than the given one; null if there can be none. */
  renew(used: Issued): Promise<Issued | null>;
}

/**
 * Calls that are refused together share one renewal, and one that is refused after the renewal of another takes its
 * result: an identity provider is not flooded when a token ends.
 */
export function createTokens(source: string | TokenSource): Tokens {
  if (typeof source === 'string') {
    return { current: async () => ({ token: source, renewals: 0 }), renew: async () => null };
  }
  let latest: Issued = { token: '', renewals: 0 };
  let pending: Promise<void> | null = null;
  const renewal = async (): Promise<void> => {
    latest = { token: await source({ refresh: true }), renewals: latest.renewals + 1 };
  };
  return {
    current: async () => {
      const { renewals } = latest;
      return { token: await source({ refresh: false }), renewals };
    },
    renew: async (used) => {
      if (used.renewals === latest.renewals) {
        pending ??= renewal().finally(() => {
          pending = null;
        });
        await pending;
      }
      return latest;
    },
  };
}

/**
 * A fetch for one call that sends the token (RFC 6750 §2.1). After a 401 that another token may mend it asks for one and
 * sends the request once more, once per call.
 *
 * @throws {@link TokenError} if there is no usable token
 */
export function withBearer(fetch: Fetch, tokens: Tokens, operationId: string): Fetch {
  let issued: Issued | null = null;
  let renewed = false;
  const ask = async <T>(question: Promise<T>): Promise<T> => {
    try {
      return await question;
    } catch (cause) {
      throw new TokenError(operationId, 'the token source failed', { cause });
    }
  };
  return async (request) => {
    issued ??= await ask(tokens.current());
    const response = await fetch(authorized(request, issued.token, operationId));
    if (renewed || !isRenewalWorthwhile(response)) return response;
    renewed = true;
    const next = await ask(tokens.renew(issued));
    if (next === null || next.token === issued.token) return response;
    issued = next;
    return fetch(authorized(request, next.token, operationId));
  };
}

const bearerToken = /^[A-Za-z0-9._~+/-]+=*$/;

function authorized(request: Request, token: unknown, operationId: string): Request {
  // Checked here, because a refused header value would stand in the platform's own error message.
  if (typeof token !== 'string' || !bearerToken.test(token)) {
    throw new TokenError(operationId, 'the token source gave what is not a Bearer token');
  }
  const copy = request.clone();
  copy.headers.set('authorization', `Bearer ${token}`);
  return copy;
}

/** A challenge may be hidden from a browser or name no error; only another error than this one speaks against it. */
function isRenewalWorthwhile(response: Response): boolean {
  if (response.status !== 401) return false;
  const error = /\berror\s*=\s*"?([a-z_]+)/i.exec(response.headers.get('www-authenticate') ?? '');
  return error === null || error[1]?.toLowerCase() === 'invalid_token';
}
