import { type Authenticator, InvalidTokenError, type Principal, ProblemError, problem } from '@contract-first/core';
import { compactVerify } from 'jose';
import { parseCompactJws } from './compact-jws.ts';
import type { JsonObject } from './json-object.ts';
import { type KeySet, KeysUnavailableError } from './key-set.ts';
import { readProtectedHeader } from './protected-header.ts';
import { type ClaimRules, readClaims } from './token-claims.ts';
import type { TokenProfile } from './token-profile.ts';
import type { VerificationKey } from './verification-key.ts';
import { type VerifiedToken, VerifiedTokenCache } from './verified-token-cache.ts';

export interface TokenVerifierOptions {
  /** `iss` of the tokens, compared character by character. */
  readonly issuer: string;
  /** `aud` of the tokens must contain it. */
  readonly audience: string;
  readonly keySet: KeySet;
  readonly tokenProfile: TokenProfile;
  /** Seconds by which the issuer's clock may differ, 0 to 60. */
  readonly clockTolerance: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Checks further claims of a token that has been verified, and throws to refuse it.
   * @default no further claim
   */
  readonly checkClaims?: ((payload: JsonObject) => void) | undefined;
  /**
   * How many verified tokens are remembered.
   * @default 10000
   */
  readonly cacheCapacity?: number | undefined;
  /** Told of every token, whether it was among those that were verified before; for metrics. */
  readonly onLookup?: ((isHit: boolean) => void) | undefined;
}

const MAX_CLOCK_TOLERANCE = 60;

/**
 * Makes the authenticator for access tokens that are JWTs (RFC 9068 §4, RFC 8725). What can be refused without a key is
 * refused first, so that foreign tokens cause no requests to the identity provider.
 *
 * @throws TypeError that names the option if one is not acceptable
 */
export function createTokenVerifier(options: TokenVerifierOptions): Authenticator {
  checkOptions(options);
  const { keySet, now, cacheCapacity = 10_000, onLookup = () => undefined } = options;
  const cache = new VerifiedTokenCache<Principal>(cacheCapacity);
  return async (token) => {
    const known = cache.get(token, now() / 1000);
    const isHit = known !== undefined && (await findKey(keySet, known.keyId, known.algorithm)) === known.key;
    onLookup(isHit);
    if (isHit) return known.principal;
    const verified = await verifyToken(token, options);
    cache.set(token, verified);
    return verified.principal;
  };
}

function checkOptions({ issuer, audience, clockTolerance }: TokenVerifierOptions): void {
  if (issuer === '') throw new TypeError('issuer must not be empty');
  if (audience === '') throw new TypeError('audience must not be empty');
  if (!(clockTolerance >= 0 && clockTolerance <= MAX_CLOCK_TOLERANCE)) {
    throw new TypeError(`clockTolerance must be 0 to ${MAX_CLOCK_TOLERANCE} seconds`);
  }
}

async function verifyToken(token: string, options: TokenVerifierOptions): Promise<VerifiedToken<Principal>> {
  const { header, payload } = parseCompactJws(token);
  const { algorithm, keyId } = readProtectedHeader(header, options.tokenProfile);
  const { subject, scopes, expiry } = readClaims(payload, claimRules(options), options.now() / 1000);
  const key = await findKey(options.keySet, keyId, algorithm);
  await verifySignature(token, key, algorithm);
  options.checkClaims?.(payload);
  return { principal: { subject, scopes }, expiry, keyId, algorithm, key };
}

function claimRules({ issuer, audience, tokenProfile, clockTolerance }: TokenVerifierOptions): ClaimRules {
  return { issuer, audience, tokenProfile, clockTolerance };
}

async function findKey(keySet: KeySet, keyId: string | undefined, algorithm: string): Promise<VerificationKey> {
  const key = await keySet.find(keyId, algorithm).catch((cause: unknown) => {
    if (!(cause instanceof KeysUnavailableError)) throw cause;
    const headers = { 'retry-after': String(cause.retryAfter) };
    throw new ProblemError(problem('serviceUnavailable'), { cause, headers });
  });
  if (!key) throw new InvalidTokenError('the issuer has no such key');
  return key;
}

async function verifySignature(token: string, { key }: VerificationKey, algorithm: string): Promise<void> {
  try {
    await compactVerify(token, key, { algorithms: [algorithm] });
  } catch (cause) {
    throw new InvalidTokenError('the signature is not valid', { cause });
  }
}
