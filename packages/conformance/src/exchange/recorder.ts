import { AsyncLocalStorage } from 'node:async_hooks';
import type { Authenticator, Operation, Principal } from '@contract-first/core';
import { type CheckOptions, checkExchange } from '../check/check.ts';
import { type AnyContract, alternativeName, operationOf } from '../check/operations.ts';
import { coveredCells } from '../coverage/coverage.ts';
import { type Results, writeResults } from '../coverage/results.ts';
import type { OpenApiDocument } from '../schema/document.ts';
import type { Exchange } from './exchange.ts';

/** Who the authenticators took a request's token for, by security scheme. */
export type Acceptances = Map<string, Principal>;

/** An exchange before it is known what it means. */
export type RawExchange = Omit<Exchange, 'operationId' | 'security'>;

/** Collects exchanges: what is wrong with them, and which cells of the contract they cover. */
export interface Recorder {
  /**
   * Checks and counts an exchange. Use it for messages that never become requests of the framework.
   *
   * @param accepted whom the authenticators took the token for
   * @returns the faults of this exchange
   */
  add(exchange: RawExchange, accepted?: Acceptances): readonly string[];
  /** Authenticators that do the same and tell the recorder whom they accepted. */
  watch<P extends Principal>(
    authenticators: Readonly<Record<string, Authenticator<P>>>,
  ): Readonly<Record<string, Authenticator<P>>>;
  /** Carries the acceptances of a request from its first hook to the authenticators. */
  readonly requests: AsyncLocalStorage<Acceptances>;
  /** What has been found so far. */
  results(): Results;
  /**
   * Writes the results to a file of their own in a directory, which is made if it does not exist, so that several
   * processes can write at a time. Results that were written are forgotten.
   *
   * @returns the path of the file
   */
  flush(directory: string): Promise<string>;
}

export interface RecorderOptions extends CheckOptions {
  /** Is told each exchange at once, with what is wrong with it. */
  readonly onExchange?: (exchange: Exchange, faults: readonly string[]) => void;
}

export function createRecorder(
  contract: AnyContract,
  document: OpenApiDocument,
  options: RecorderOptions = {},
): Recorder {
  const cells = new Set<string>();
  const faults = new Set<string>();
  const requests = new AsyncLocalStorage<Acceptances>();
  const results = (): Results => ({ cells: [...cells].sort(), faults: [...faults].sort() });

  return {
    requests,
    results,
    add(raw, accepted = new Map()) {
      const exchange = complete(contract, raw, accepted);
      const found = checkExchange(contract, document, exchange, options);
      options.onExchange?.(exchange, found);
      for (const fault of found) faults.add(fault);
      for (const cell of coveredCells(contract, document, exchange)) cells.add(cell);
      return found;
    },
    watch: (authenticators) => watch(authenticators, requests),
    async flush(directory) {
      const written = results();
      cells.clear();
      faults.clear();
      return writeResults(directory, written);
    },
  };
}

function complete(contract: AnyContract, raw: RawExchange, accepted: Acceptances): Exchange {
  const operation = operationOf(contract, raw.method, raw.target);
  const isLetIn = operation !== null && raw.status !== 401 && raw.status !== 403;
  return {
    ...raw,
    operationId: operation?.operationId ?? null,
    security: isLetIn ? firstAccepted(operation, accepted) : null,
  };
}

/** The first alternative all of whose schemes accepted the token with all of the scopes (OAS 3.1 §4.8.30). */
function firstAccepted({ security }: Operation, accepted: Acceptances): string | null {
  const found = security.find((alternative) =>
    Object.entries(alternative).every(([scheme, scopes]) => {
      const principal = accepted.get(scheme);
      return principal !== undefined && scopes.every((scope) => principal.scopes.has(scope));
    }),
  );
  return found === undefined ? null : alternativeName(found);
}

/** An authenticator that serves several schemes stays one, since servers call each only once for a token. */
function watch<P extends Principal>(
  authenticators: Readonly<Record<string, Authenticator<P>>>,
  requests: AsyncLocalStorage<Acceptances>,
): Readonly<Record<string, Authenticator<P>>> {
  const schemes = Map.groupBy(Object.keys(authenticators), (scheme) => authenticators[scheme]);
  const watched = new Map<unknown, Authenticator<P>>();
  for (const [authenticate, names] of schemes) {
    if (authenticate === undefined) continue;
    watched.set(authenticate, async (token) => {
      const principal = await authenticate(token);
      for (const name of names) requests.getStore()?.set(name, principal);
      return principal;
    });
  }
  const entries = Object.entries(authenticators).map(
    ([scheme, authenticate]) => [scheme, watched.get(authenticate) ?? authenticate] as const,
  );
  return Object.fromEntries(entries);
}
