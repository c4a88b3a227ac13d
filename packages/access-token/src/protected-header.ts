import { InvalidTokenError } from '@contract-first/core';
import type { JsonObject } from './json-object.ts';
import { isAllowedAlgorithm } from './signature-algorithm.ts';
import type { TokenProfile } from './token-profile.ts';

/** What the header says about the signature (RFC 7515 §4.1). */
export interface ProtectedHeader {
  readonly algorithm: string;
  /** Absent when the issuer names no key. */
  readonly keyId: string | undefined;
}

const MAX_KEY_ID_LENGTH = 256;

/**
 * A11: `crit` and `b64` change how a JWS is read, `enc` makes a JWE, `cty` marks a token within a token. None of them
 * has a place in an access token.
 */
const REFUSED_PARAMETERS = ['crit', 'b64', 'enc', 'zip', 'cty'];

const HEADER_TYPES: Readonly<Record<TokenProfile, readonly string[]>> = {
  rfc9068: ['at+jwt', 'application/at+jwt'],
  keycloak: ['jwt'],
};

/**
 * Checks the header. `jwk`, `jku`, `x5u` and `x5c` are not looked at: keys come from the configured issuer only (A9).
 *
 * @throws InvalidTokenError if the header is not that of an access token
 */
export function readProtectedHeader(header: JsonObject, profile: TokenProfile): ProtectedHeader {
  const { alg, kid, typ } = header;
  for (const name of REFUSED_PARAMETERS) {
    if (Object.hasOwn(header, name)) throw new InvalidTokenError(`the header has the parameter ${name}`);
  }
  if (!isAllowedAlgorithm(alg)) throw new InvalidTokenError('the algorithm is not allowed');
  if (typeof typ !== 'string' || !HEADER_TYPES[profile].includes(typ.toLowerCase())) {
    throw new InvalidTokenError('the header type is not that of an access token');
  }
  return { algorithm: alg, keyId: readKeyId(kid) };
}

function readKeyId(kid: unknown): string | undefined {
  if (kid === undefined) return undefined;
  if (typeof kid !== 'string' || kid === '' || kid.length > MAX_KEY_ID_LENGTH) {
    throw new InvalidTokenError('the key id is not acceptable');
  }
  return kid;
}
