import { discover, type Fetch, fetchDocument, isJsonObject } from '@contract-first/access-token';
import { type CheckResult, failed, ok, reasonOf } from '@contract-first/service';
import type { DevelopmentIdentityProvider, ExternalIdentityProvider } from '../configuration/configuration.ts';

const limits = { timeout: 3_000, maxBytes: 1_048_576 };

/** Fetches the documents of the configured issuer of tokens. */
export async function checkIssuer(
  provider: ExternalIdentityProvider | DevelopmentIdentityProvider,
  fetch: Fetch,
): Promise<readonly CheckResult[]> {
  if (provider.kind === 'development') return [ok('OIDC_ISSUER: is not set; serve starts one for development')];
  try {
    const { jwksUri } = await discover(provider.issuer, fetch, limits);
    const document = await fetchDocument(jwksUri, fetch, limits);
    const keys = isJsonObject(document) && Array.isArray(document['keys']) ? document['keys'].length : 0;
    return [keys > 0 ? ok(`OIDC_ISSUER: has ${keys} keys`) : failed(`OIDC_ISSUER: ${jwksUri.href} has no keys`)];
  } catch (error) {
    return [failed(`OIDC_ISSUER: ${reasonOf(error)}`)];
  }
}
