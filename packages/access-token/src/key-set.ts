import { configurationUrl, discover } from './discovery.ts';
import { type Fetch, fetchDocument } from './provider-document.ts';
import { isSameKey, readKeySet, type VerificationKey } from './verification-key.ts';

/** The issuer's public keys. */
export interface KeySet {
  /**
   * Finds the key that verifies a signature. Asks the provider when the keys are old or the id is not known (A22).
   *
   * @returns undefined if the issuer has no such key, or more than one that fits
   * @throws {@link KeysUnavailableError} if that cannot be known while the provider is out of reach
   */
  find(keyId: string | undefined, algorithm: string): Promise<VerificationKey | undefined>;
  /** Loads the keys unless that was tried a moment ago. Never rejects; {@link ready} tells the outcome. */
  refresh(): Promise<void>;
  /** Whether there are keys to verify with. */
  ready(): boolean;
  /** Numbers for health checks and metrics. */
  state(): KeySetState;
}

export interface KeySetState {
  readonly keys: number;
  /** Keys of the last key set that could not be used. */
  readonly skippedKeys: number;
  /** How often the provider was asked. */
  readonly fetches: number;
  /** How often that failed. */
  readonly failures: number;
  /** Milliseconds since the keys were loaded; null when they never were. */
  readonly age: number | null;
}

export interface KeySetOptions {
  /** The issuer as it stands in tokens; an https URL, or http on a loopback host. */
  readonly issuer: string;
  readonly fetch: Fetch;
  /** A clock in milliseconds; best one that never goes backwards. */
  readonly now: () => number;
  /**
   * Milliseconds after which keys are asked for again; a key that was dropped stops working then.
   * @default 600000 (10 minutes)
   */
  readonly cacheAge?: number;
  /**
   * Milliseconds for which keys go on working while the provider is out of reach.
   * @default 43200000 (12 hours)
   */
  readonly staleAge?: number;
  /**
   * Milliseconds between two attempts, whatever their outcome.
   * @default 10000
   */
  readonly cooldown?: number;
  /**
   * Milliseconds for one request to the provider.
   * @default 5000
   */
  readonly timeout?: number;
  /**
   * Bytes that the provider may answer with.
   * @default 262144
   */
  readonly maxBytes?: number;
  /** Told of every failed attempt, for the log. */
  readonly onFailure?: (error: unknown) => void;
}

/** The keys are not there and cannot be had for now. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
  /** Seconds until it is worth trying again. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("the identity provider's keys cannot be loaded");
    this.retryAfter = retryAfter;
  }
}

/** @throws TypeError that names the option if one is not acceptable */
export function createKeySet(options: KeySetOptions): KeySet {
  const settings = {
    cacheAge: 600_000,
    staleAge: 43_200_000,
    cooldown: 10_000,
    timeout: 5_000,
    maxBytes: 262_144,
    onFailure: () => undefined,
    ...options,
  };
  configurationUrl(settings.issuer);
  for (const name of ['cacheAge', 'staleAge', 'cooldown', 'timeout', 'maxBytes'] as const) {
    if (!(settings[name] > 0)) throw new TypeError(`${name} must be a positive number`);
  }
  if (settings.cooldown > settings.cacheAge) throw new TypeError('cooldown must not be longer than cacheAge');
  if (settings.cacheAge > settings.staleAge) throw new TypeError('cacheAge must not be longer than staleAge');
  return new RemoteKeySet(settings);
}

class RemoteKeySet implements KeySet {
  readonly #settings: Required<KeySetOptions>;
  #keys: readonly VerificationKey[] = [];
  #skipped = 0;
  #loadedAt: number | undefined;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #attempt: Promise<void> | undefined;
  #isFailing = false;
  #fetches = 0;
  #failures = 0;

  constructor(settings: Required<KeySetOptions>) {
    this.#settings = settings;
  }

  async find(keyId: string | undefined, algorithm: string): Promise<VerificationKey | undefined> {
    await this.#keepFresh();
    if (keyId !== undefined && !this.#knows(keyId)) await this.#learn(keyId);
    const fitting = this.#keys
      .filter((key) => keyId === undefined || key.id === keyId)
      .filter((key) => key.algorithms.has(algorithm));
    // With two keys that fit, which one was meant would be a guess.
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  refresh(): Promise<void> {
    if (this.#attempt) return this.#attempt;
    if (this.#settings.now() - this.#attemptedAt < this.#settings.cooldown) return Promise.resolve();
    this.#attempt = this.#load().finally(() => {
      this.#attempt = undefined;
    });
    return this.#attempt;
  }

  ready(): boolean {
    return this.#age() < this.#settings.staleAge;
  }

  state(): KeySetState {
    return {
      keys: this.#keys.length,
      skippedKeys: this.#skipped,
      fetches: this.#fetches,
      failures: this.#failures,
      age: this.#loadedAt === undefined ? null : this.#age(),
    };
  }

  #age(): number {
    return this.#loadedAt === undefined ? Number.POSITIVE_INFINITY : this.#settings.now() - this.#loadedAt;
  }

  #knows(keyId: string): boolean {
    return this.#keys.some((key) => key.id === keyId);
  }

  /** A24: waits for the provider only where its answer is needed; while it is out of reach, requests do not wait. */
  async #keepFresh(): Promise<void> {
    const { cacheAge } = this.#settings;
    const age = this.#age();
    if (age >= cacheAge / 2) {
      const attempt = this.refresh();
      const mustWait = !this.ready() || (age >= cacheAge && !this.#isFailing);
      if (mustWait) await attempt;
    }
    if (!this.ready()) throw this.#unavailable();
  }

  /** A22, A23. While the provider is out of reach, a new key cannot be told from an invented one. */
  async #learn(keyId: string): Promise<void> {
    await this.refresh();
    if (this.#isFailing && !this.#knows(keyId)) throw this.#unavailable();
  }

  async #load(): Promise<void> {
    this.#attemptedAt = this.#settings.now();
    this.#fetches += 1;
    try {
      await this.#replaceKeys();
      this.#isFailing = false;
    } catch (error) {
      this.#failures += 1;
      this.#isFailing = true;
      this.#settings.onFailure(error);
    }
  }

  async #replaceKeys(): Promise<void> {
    const { issuer, fetch, now, timeout, maxBytes } = this.#settings;
    const { jwksUri } = await discover(issuer, fetch, { timeout, maxBytes });
    const { keys, skipped } = readKeySet(await fetchDocument(jwksUri, fetch, { timeout, maxBytes }));
    if (keys.length === 0) throw new Error(`the key set at ${jwksUri.href} has no usable key`);
    // A key that stays keeps its object: what was verified with it can be told from what was not.
    this.#keys = keys.map((key) => this.#keys.find((old) => isSameKey(old, key)) ?? key);
    this.#skipped = skipped;
    this.#loadedAt = now();
  }

  #unavailable(): KeysUnavailableError {
    return new KeysUnavailableError(Math.ceil(this.#settings.cooldown / 1000));
  }
}
