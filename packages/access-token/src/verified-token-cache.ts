import { hash } from 'node:crypto';
import type { VerificationKey } from './verification-key.ts';

/** What is remembered of a verified token. */
export interface VerifiedToken<P> {
  readonly principal: P;
  /** NumericDate: seconds since 1970. */
  readonly expiry: number;
  readonly keyId: string | undefined;
  readonly algorithm: string;
  /** The key that verified it; when the issuer drops the key, the entry is worth nothing. */
  readonly key: VerificationKey;
}

/** Remembers verified tokens by their SHA-256, so that memory holds no token. The oldest entry gives way. */
export class VerifiedTokenCache<P> {
  readonly #entries = new Map<string, VerifiedToken<P>>();
  readonly #capacity: number;

  /** @param capacity number of tokens; 0 remembers none */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** @param now seconds since 1970 */
  get(token: string, now: number): VerifiedToken<P> | undefined {
    if (this.#entries.size === 0) return undefined;
    const digest = hash('sha256', token);
    const entry = this.#entries.get(digest);
    if (entry && entry.expiry > now) return entry;
    this.#entries.delete(digest);
    return undefined;
  }

  set(token: string, entry: VerifiedToken<P>): void {
    this.#entries.set(hash('sha256', token), entry);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size > this.#capacity) this.#entries.delete(oldest);
  }
}
