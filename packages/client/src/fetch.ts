import { NetworkError } from './errors.ts';

/** What sends a request. The global `fetch` is one; so is whatever wraps another one. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * A fetch that ends when the whole body has arrived. A connection that breaks within the body is so the same as one that
 * breaks before it, to whoever decides about another attempt.
 *
 * @throws {@link NetworkError} if there is no whole reply
 * @throws the signal's reason, if it is aborted
 */
export function withWholeBody(fetch: Fetch, operationId: string, signal: AbortSignal): Fetch {
  return async (request) => {
    try {
      const response = await fetch(request);
      await response.clone().arrayBuffer();
      return response;
    } catch (error) {
      signal.throwIfAborted();
      throw new NetworkError(operationId, error);
    }
  };
}
