import { InvalidTokenError } from '@contract-first/core';
import { uuid as isUuid } from '@contract-first/core/formats';
import { type JsonObject, member } from './json-object.ts';
import type { TokenProfile } from './token-profile.ts';

const MAX_LENGTH = 255;

/**
 * A17: the subject is the id of a user, a UUID in lower case. A token that a client got for itself authenticates too,
 * but its subject becomes `client:` and the claim, which is the id of no user, even if the claim itself looks like one.
 *
 * @throws InvalidTokenError if `sub` is not a string of 1 to 255 characters (OpenID Connect Core §2)
 */
export function readSubject(payload: JsonObject, profile: TokenProfile): string {
  const { sub } = payload;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_LENGTH) {
    throw new InvalidTokenError('the subject is not acceptable');
  }
  return isUuid(sub) && !isClientsOwn(payload, profile) ? sub.toLowerCase() : `client:${sub}`;
}

/** RFC 9068 §2.2: with the client credentials grant, `sub` identifies the client. */
function isClientsOwn(payload: JsonObject, profile: TokenProfile): boolean {
  const { sub, client_id: clientId, azp } = payload;
  return sub === clientId || sub === azp || (profile === 'keycloak' && isServiceAccount(payload));
}

/** Keycloak gives a client a user of its own, with a UUID; only these claims tell it from a person. */
function isServiceAccount(payload: JsonObject): boolean {
  const name = member(payload, 'preferred_username');
  const hasServiceAccountName = typeof name === 'string' && name.startsWith('service-account-');
  return hasServiceAccountName || Object.hasOwn(payload, 'clientHost') || Object.hasOwn(payload, 'clientAddress');
}
