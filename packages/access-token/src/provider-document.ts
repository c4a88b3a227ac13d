import { parseJson } from '@contract-first/core';

/** The part of `fetch` that is used, so that tests and the app can pass their own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Limits of one request to the identity provider (A20). */
export interface RequestLimits {
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
  /** Bytes of the decoded body. */
  readonly maxBytes: number;
}

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A20: keys decide who gets in, so they travel over https; http is for this machine only.
 *
 * @throws TypeError naming `name` if the URL is not absolute, not https, or carries credentials or a fragment
 */
export function requireSecureUrl(value: unknown, name: string): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url) throw new TypeError(`${name} is not an absolute URL`);
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname));
  if (!isSecure) throw new TypeError(`${name} must be an https URL; http is for loopback hosts only`);
  if (url.username || url.password || url.hash) throw new TypeError(`${name} must have no credentials and no fragment`);
  return url;
}

/**
 * Fetches a JSON document of the identity provider. Redirects are not followed: they would lead to where the operator
 * did not point.
 *
 * @throws Error if the answer is not 200 with a strict JSON document within the limits
 */
export async function fetchDocument(url: URL, fetch: Fetch, limits: RequestLimits): Promise<unknown> {
  const signal = AbortSignal.timeout(limits.timeout);
  const response = await fetch(url.href, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url.href} answered ${response.status} instead of 200`);
  }
  return parseJson(await readBody(response, url, limits.maxBytes));
}

async function readBody(response: Response, url: URL, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by throwing cancels the body.
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new Error(`${url.href} answered with more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
