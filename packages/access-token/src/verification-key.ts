import { createPublicKey, type KeyObject } from 'node:crypto';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { algorithmsOf } from './signature-algorithm.ts';

/** A public key of the issuer. */
export interface VerificationKey {
  /** `kid`; absent when the issuer names none (RFC 7517 §4.5). */
  readonly id: string | undefined;
  /** The algorithms that the key may verify. */
  readonly algorithms: ReadonlySet<string>;
  readonly key: KeyObject;
}

/** The keys of a key set that can be used, and how many could not. */
export interface UsableKeys {
  readonly keys: readonly VerificationKey[];
  readonly skipped: number;
}

const MIN_RSA_BITS = 2048;

/**
 * A21: reads a JSON Web Key Set (RFC 7517 §5). Keys for encryption, symmetric and private keys, RSA below 2048 bits and
 * types that are not known are skipped, as §5 demands; a key that stands there twice is taken once.
 *
 * @throws TypeError if the document is not a key set
 */
export function readKeySet(document: unknown): UsableKeys {
  const members = isJsonObject(document) ? document['keys'] : undefined;
  if (!Array.isArray(members)) throw new TypeError('the document at jwks_uri is not a JSON Web Key Set');
  const keys: VerificationKey[] = [];
  for (const jwk of members) {
    const key = readKey(jwk);
    if (key && !keys.some((other) => isSameKey(key, other))) keys.push(key);
  }
  return { keys, skipped: members.length - keys.length };
}

/** Whether two keys are one: same id, same material, same algorithms. */
export function isSameKey(one: VerificationKey, other: VerificationKey): boolean {
  return (
    one.id === other.id && one.key.equals(other.key) && String([...one.algorithms]) === String([...other.algorithms])
  );
}

function readKey(jwk: unknown): VerificationKey | undefined {
  if (!isJsonObject(jwk) || !isForSignatures(jwk)) return undefined;
  const { kid } = jwk;
  if (kid !== undefined && typeof kid !== 'string') return undefined;
  const algorithms = algorithmsOf(jwk);
  const key = algorithms.size > 0 ? importPublicKey(jwk) : undefined;
  return key && { id: kid, algorithms, key };
}

/** RFC 7517 §4.2, §4.3. A private key that is published is known to everybody. */
function isForSignatures({ use, key_ops: operations, d }: JsonObject): boolean {
  if (d !== undefined || (use !== undefined && use !== 'sig')) return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}

function importPublicKey({ kty, crv, x, y, n, e }: JsonObject): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { ...publicMembers({ kty, crv, x, y, n, e }) }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    return bits === undefined || bits >= MIN_RSA_BITS ? key : undefined;
  } catch {
    // A key that cannot be read is one that cannot be used; the caller counts it.
    return undefined;
  }
}

function publicMembers(jwk: JsonObject): Record<string, string> {
  const members = Object.entries(jwk).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(members);
}
