import { InvalidTokenError } from '@contract-first/core';
import { type JsonObject, stringList } from './json-object.ts';
import type { TokenProfile } from './token-profile.ts';
import { readSubject } from './token-subject.ts';

/** What the claims are held against. */
export interface ClaimRules {
  readonly issuer: string;
  readonly audience: string;
  readonly tokenProfile: TokenProfile;
  /** Seconds by which the clocks of issuer and service may differ (A15). */
  readonly clockTolerance: number;
}

/** The claims of an access token that the service uses (RFC 9068 §2.2). */
export interface TokenClaims {
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** NumericDate: seconds since 1970 (RFC 7519 §2). */
  readonly expiry: number;
}

const SCOPE_TOKEN = /^[!#-[\]-~]+$/;
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash'];

/**
 * Checks the claims.
 *
 * @param now seconds since 1970
 * @throws InvalidTokenError if a claim is missing, of the wrong type, or not as the rules demand
 */
export function readClaims(payload: JsonObject, rules: ClaimRules, now: number): TokenClaims {
  checkIssuerAndAudience(payload, rules);
  checkProfile(payload, rules.tokenProfile);
  // A19: a bound token is worth nothing without the proof that belongs to it, and Bearer carries none (RFC 7800 §3).
  if (Object.hasOwn(payload, 'cnf')) throw new InvalidTokenError('the token is bound to a key');
  const expiry = checkTimes(payload, rules.clockTolerance, now);
  return { subject: readSubject(payload, rules.tokenProfile), scopes: readScopes(payload), expiry };
}

function checkIssuerAndAudience(payload: JsonObject, { issuer, audience }: ClaimRules): void {
  if (payload['iss'] !== issuer) throw new InvalidTokenError('the issuer is not ours');
  if (!stringList(payload, 'aud')?.includes(audience)) throw new InvalidTokenError('the audience is not ours');
}

/** A12: an ID token tells a client who signed in; it must not open an API (RFC 8725 §3.11). */
function checkProfile(payload: JsonObject, profile: TokenProfile): void {
  if (profile !== 'keycloak') return;
  if (payload['typ'] !== 'Bearer' || ID_TOKEN_CLAIMS.some((name) => Object.hasOwn(payload, name))) {
    throw new InvalidTokenError('the claims are not those of an access token');
  }
}

function checkTimes(payload: JsonObject, tolerance: number, now: number): number {
  const expiry = numericDate(payload, 'exp');
  if (expiry + tolerance <= now) throw new InvalidTokenError('the token has expired');
  if (numericDate(payload, 'iat') - tolerance > now) throw new InvalidTokenError('the token is issued in the future');
  if (Object.hasOwn(payload, 'nbf') && numericDate(payload, 'nbf') - tolerance > now) {
    throw new InvalidTokenError('the token is not valid yet');
  }
  return expiry;
}

function numericDate(payload: JsonObject, name: 'exp' | 'iat' | 'nbf'): number {
  const value = payload[name];
  // 1e999 is valid JSON and becomes Infinity: a token that never expires.
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new InvalidTokenError(`${name} is not a date`);
  return value;
}

/** A16: scope-tokens are parted by one space; what the grammar does not know grants nothing (RFC 6749 §3.3). */
function readScopes(payload: JsonObject): ReadonlySet<string> {
  const { scope } = payload;
  if (scope === undefined) return new Set();
  if (typeof scope !== 'string') throw new InvalidTokenError('the scope is not a string');
  return new Set(scope.split(' ').filter((token) => SCOPE_TOKEN.test(token)));
}
