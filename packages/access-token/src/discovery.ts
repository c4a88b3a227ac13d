import { isJsonObject } from './json-object.ts';
import { type Fetch, fetchDocument, type RequestLimits, requireSecureUrl } from './provider-document.ts';

/** What the service needs to know of an OpenID provider (OpenID Connect Discovery §3). */
export interface ProviderMetadata {
  readonly jwksUri: URL;
}

/**
 * Reads the provider's configuration (OpenID Connect Discovery §4).
 *
 * @param issuer the configured issuer; the document's must be equal to it, character by character (§4.3, A20)
 * @throws Error if the document cannot be had, is another issuer's, or names no acceptable `jwks_uri`
 */
export async function discover(issuer: string, fetch: Fetch, limits: RequestLimits): Promise<ProviderMetadata> {
  const document = await fetchDocument(configurationUrl(issuer), fetch, limits);
  if (!isJsonObject(document)) throw new TypeError('the discovery document is not a JSON object');
  if (document['issuer'] !== issuer) throw new Error('the issuer in the discovery document is not the configured one');
  return { jwksUri: requireSecureUrl(document['jwks_uri'], 'jwks_uri in the discovery document') };
}

/**
 * Where the configuration of an issuer is (§4.1: a slash at the end is removed first).
 *
 * @throws TypeError if the issuer is not an https URL without query and fragment
 */
export function configurationUrl(issuer: string): URL {
  const url = requireSecureUrl(issuer, 'issuer');
  if (url.search || issuer.includes('?')) throw new TypeError('issuer must have no query');
  return new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
}
