import type { JsonObject } from './json-object.ts';

/** The keys that an algorithm takes (RFC 7518 §3.1, RFC 8037 §3.1). */
interface KeyKind {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly crv?: 'P-256' | 'P-384' | 'P-521' | 'Ed25519';
}

/** A8: what may sign a token. Asymmetric only, so that a public key can never serve as a secret (RFC 8725 §3.1). */
const algorithms: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  ['RS256', { kty: 'RSA' }],
  ['RS384', { kty: 'RSA' }],
  ['RS512', { kty: 'RSA' }],
  ['PS256', { kty: 'RSA' }],
  ['PS384', { kty: 'RSA' }],
  ['PS512', { kty: 'RSA' }],
  ['ES256', { kty: 'EC', crv: 'P-256' }],
  ['ES384', { kty: 'EC', crv: 'P-384' }],
  ['ES512', { kty: 'EC', crv: 'P-521' }],
  ['EdDSA', { kty: 'OKP', crv: 'Ed25519' }],
  ['Ed25519', { kty: 'OKP', crv: 'Ed25519' }],
]);

export function isAllowedAlgorithm(algorithm: unknown): algorithm is string {
  return typeof algorithm === 'string' && algorithms.has(algorithm);
}

/**
 * The algorithms that a JSON Web Key may verify: the one that it declares, otherwise every one that its type and curve
 * allow (RFC 7517 §4.4). An empty set means that the key is of no use here.
 */
export function algorithmsOf(jwk: JsonObject): ReadonlySet<string> {
  const { kty, crv, alg } = jwk;
  const fitting = [...algorithms]
    .filter(([, kind]) => kind.kty === kty && (kind.crv === undefined || kind.crv === crv))
    .map(([algorithm]) => algorithm);
  return new Set(alg === undefined ? fitting : fitting.filter((algorithm) => algorithm === alg));
}
