import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Authenticator, ProblemError, problem } from '@contract-first/core';
import { DatabaseUnavailableError } from '@contract-first/database';
import { type ContractViolation, createOperationLookup, createServer } from '@contract-first/server';
import {
  createOverload,
  type ExchangeObserver,
  type OverloadReason,
  observeExchanges,
  rateLimitAdmission,
  subjectRateLimitAdmission,
} from '@contract-first/service';
import { contract } from '@user-api/contract';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { UserStore } from './storage/user-store.ts';
import { createHandlers } from './users/handlers.ts';

export interface AppOptions {
  readonly users: UserStore;
  /** Verifies access tokens, for each security scheme of the contract. */
  readonly authenticators: Readonly<Record<keyof typeof contract.securitySchemes, Authenticator>>;
  readonly logger: FastifyBaseLogger | false;
  /** Requests a minute and address; 0 is no limit. */
  readonly rateLimit: number;
  /** Requests a minute and token subject; 0 is no limit. @default 0 */
  readonly rateLimitSubject?: number;
  /** Requests that are worked on at once; 0 is no limit. @default 0 */
  readonly maxInFlight?: number;
  /** Statements that may wait for a connection to the database; 0 is no limit. @default 0 */
  readonly maxDatabaseQueue?: number;
  /** Milliseconds that the event loop may be late; 0 is no limit. @default 0 */
  readonly maxEventLoopDelay?: number;
  /** Bytes. */
  readonly bodyLimit: number;
  /** Milliseconds. */
  readonly requestTimeout: number;
  /** Milliseconds. @default that of the server */
  readonly headersTimeout?: number;
  /** Milliseconds. @default that of the server */
  readonly keepAliveTimeout?: number;
  /** Addresses or CIDR ranges of the proxies whose forwarding headers are believed. */
  readonly trustProxy: readonly string[];
  /** Origins whose pages may read replies. @default none */
  readonly corsOrigins?: readonly string[];
  readonly contractViolations: 'refuse' | 'report';
  readonly onContractViolation?: (violation: ContractViolation) => void;
  /** Told of requests that were turned away because of overload. */
  readonly onShed?: (reason: OverloadReason) => void;
  /** Told of every request. @default none */
  readonly observers?: readonly ExchangeObserver[];
  /** Whether connections are to end with the reply that is on its way. @default never */
  readonly isDraining?: () => boolean;
}

/** The user service, built from its parts. It does not listen, and reads neither the environment nor the clock. */
export function createApp({ users, onContractViolation, ...options }: AppOptions): FastifyInstance {
  const { rateLimit, rateLimitSubject = 0, observers = [], isDraining } = options;
  const overload = createOverload({ ...options, databaseQueue: () => users.pool()?.waiting ?? 0 });
  return createServer({
    undeclaredErrors: 'refuse',
    ...options,
    contract,
    handlers: createHandlers(users),
    problemOf,
    isOverloaded: overload.isOverloaded,
    ...(rateLimit > 0 && { admission: rateLimitAdmission(rateLimit) }),
    ...(rateLimitSubject > 0 && { principalAdmission: subjectRateLimitAdmission(rateLimitSubject) }),
    ...(onContractViolation && { onContractViolation }),
    prepare(app) {
      if (observers.length > 0) observeExchanges(app, createOperationLookup(contract), observers);
      app.addHook('onClose', async () => overload.stop());
      if (isDraining) endConnections(app, isDraining);
    },
  });
}

/**
 * The client opens its next connection elsewhere, instead of using this one in the moment in which it ends. The
 * listener serves requests that are turned away, which the hook does not get; the hook those that came before.
 */
function endConnections(app: FastifyInstance, isDraining: () => boolean): void {
  app.server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (isDraining()) response.shouldKeepAlive = false;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining()) reply.header('connection', 'close');
  });
}

/** What clients are told of the storage's own errors (rule D9). */
function problemOf(error: unknown): ProblemError | null {
  if (!(error instanceof DatabaseUnavailableError)) return null;
  return new ProblemError(problem('serviceUnavailable'), {
    headers: { 'retry-after': String(error.retryAfter) },
    cause: error.cause,
  });
}
