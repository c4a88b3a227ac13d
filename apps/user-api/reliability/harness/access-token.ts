/** What a token says. */
export interface TokenRequest {
  /** URL of an identity provider for development. */
  readonly issuer: string;
  readonly sub: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** Seconds. */
  readonly ttl: number;
}

/** The grant with which the development provider gives a token for anybody. */
const client = {
  grant_type: 'urn:user-api:params:oauth:grant-type:development',
  client_id: 'user-api-development',
};

/**
 * Gets an access token, as `npm run token` does, but without starting a process for each.
 *
 * @throws {Error} with the answer, if there is no token in it
 */
export async function requestToken({ issuer, ttl, ...claims }: TokenRequest): Promise<string> {
  const answer = await requestGrant(`${issuer.replace(/\/$/, '')}/token`, { ...client, ...claims, ttl: String(ttl) });
  return memberOf(answer, 'access_token');
}

/** Asks the token endpoint of an identity provider (RFC 6749 §3.2). @returns its answer, whatever it is */
export async function requestGrant(endpoint: string, grant: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(grant) });
  return response.json();
}

/**
 * A text that an identity provider answered with.
 *
 * @throws {Error} with the answer, if it is not in it
 */
export function memberOf(answer: unknown, name: string): string {
  const found: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
  if (typeof found === 'string') return found;
  throw new Error(`The identity provider gave no ${name}: ${JSON.stringify(answer)}`);
}
