/// <reference path="./oidc-provider.d.ts" />
import { uuid as isUuid } from '@contract-first/core/formats';
import type { Context, errors, Provider, ResourceServer } from 'oidc-provider';

/** The client that gets tokens for any user without their presence. */
export function developmentClient(name: string): string {
  return `${name}-development`;
}

/** The extension grant of that client (RFC 6749 §4.5). */
export function developmentGrantType(name: string): string {
  return `urn:${name}:params:oauth:grant-type:development`;
}

export const MAX_TOKEN_TTL = 86_400;

/** Registers the grant by which {@link developmentClient} names the subject, scope and lifetime of a token itself. */
export function registerDevelopmentGrant(
  provider: Provider,
  name: string,
  { InvalidRequest, InvalidScope }: typeof errors,
  resourceServer: () => ResourceServer,
): void {
  const grantType = developmentGrantType(name);
  const issue = async (context: Context): Promise<void> => {
    const { sub = '', scope = '', ttl = '' } = textParameters(context);
    const expiresIn = Number(ttl);
    if (!isUuid(sub)) throw new InvalidRequest('sub must be a UUID');
    if (!isTokenTtl(expiresIn)) throw new InvalidRequest(`ttl must be an integer of 1 to ${MAX_TOKEN_TTL} seconds`);
    const server = resourceServer();
    const unknown = scope.split(' ').filter((token) => !server.scope.split(' ').includes(token));
    if (unknown.length > 0) throw new InvalidScope(`the service knows these scopes: ${server.scope}`, scope);
    const { client } = context.oidc;
    const token = new provider.AccessToken({ client, accountId: sub, scope, expiresIn, gty: grantType });
    token.resourceServer = server;
    context.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: expiresIn, scope };
  };
  provider.registerGrantType(grantType, issue, ['sub', 'scope', 'ttl', 'identity_provider']);
}

/** @param seconds lifetime of a token */
export function isTokenTtl(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_TOKEN_TTL;
}

/** Claims that a token request adds to the token: the linked identity that it names. */
export function developmentClaims(context: Context): Record<string, string> | undefined {
  const { identity_provider: identityProvider } = textParameters(context);
  return identityProvider ? { identity_provider: identityProvider } : undefined;
}

function textParameters(context: Context): Record<string, string> {
  const entries = Object.entries(context.oidc.params ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
