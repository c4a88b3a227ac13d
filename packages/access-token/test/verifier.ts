import { type Authenticator, InvalidTokenError } from '@contract-first/core';
import type { TestIssuer } from '@contract-first/testing';
import { expect } from 'vitest';
import { createKeySet, type KeySet, type KeySetOptions } from '../src/key-set.ts';
import { createTokenVerifier, type TokenVerifierOptions } from '../src/token-verification.ts';

/** A clock that only moves when it is told to. */
export class Clock {
  #milliseconds = Date.now();

  readonly now = (): number => this.#milliseconds;

  advance(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }

  seconds(): number {
    return this.#milliseconds / 1000;
  }
}

export function makeKeySet({ issuer }: TestIssuer, options: Partial<KeySetOptions> = {}): KeySet {
  return createKeySet({ issuer, fetch, now: Date.now, ...options });
}

export function makeVerifier(test: TestIssuer, options: Partial<TokenVerifierOptions> = {}): Authenticator {
  return createTokenVerifier({
    issuer: test.issuer,
    audience: test.audience,
    keySet: options.keySet ?? makeKeySet(test),
    tokenProfile: 'rfc9068',
    clockTolerance: 30,
    now: Date.now,
    ...options,
  });
}

export async function expectRefusal(verify: Authenticator, token: string): Promise<void> {
  await expect(verify(token)).rejects.toBeInstanceOf(InvalidTokenError);
}
