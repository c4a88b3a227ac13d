import { isJsonObject } from '../json-object.ts';
import type { Fetch } from '../provider-document.ts';
import { developmentClient, developmentGrantType } from './grant.ts';

export interface DevelopmentTokenRequest {
  /** The name of the provider's service. */
  readonly name: string;
  /** Issuer of a running development provider. */
  readonly issuer: string;
  readonly fetch: Fetch;
  /** The user. */
  readonly sub: string;
  /** Scopes, parted by single spaces. */
  readonly scope: string;
  /** Lifetime in seconds. */
  readonly ttl: number;
  /** The identity provider that the user is linked to; none when absent. */
  readonly identityProvider?: string | undefined;
}

const TIMEOUT = 5000;

/**
 * Gets an access token from a development provider.
 *
 * @throws Error that tells what to do if nobody answers, or why the request was refused
 */
export async function requestDevelopmentToken(request: DevelopmentTokenRequest): Promise<string> {
  const { issuer, fetch } = request;
  const signal = AbortSignal.timeout(TIMEOUT);
  const init: RequestInit = { method: 'POST', body: tokenRequestBody(request), redirect: 'error', signal };
  const response = await fetch(`${issuer.replace(/\/$/, '')}/token`, init).catch((cause: unknown) => {
    throw new Error(`No development server answers at ${issuer}. Start one with: npm start`, { cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const members = isJsonObject(answer) ? answer : {};
  const { access_token: token, error, error_description: description } = members;
  if (response.ok && typeof token === 'string') return token;
  if (typeof error === 'string') throw new Error(`The development server refused: ${error}: ${description}`);
  throw new Error(`${issuer} answered ${response.status}, which is not what a development server answers.`);
}

function tokenRequestBody({ name, sub, scope, ttl, identityProvider }: DevelopmentTokenRequest): URLSearchParams {
  return new URLSearchParams({
    grant_type: developmentGrantType(name),
    client_id: developmentClient(name),
    sub,
    scope,
    ttl: String(ttl),
    ...(identityProvider !== undefined && { identity_provider: identityProvider }),
  });
}
