import { contract } from '@user-api/contract';
import type { Authenticator } from '@user-api/core';
import { type ContractViolation, createServer } from '@user-api/server';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { rateLimitAdmission } from './rate-limit.ts';
import type { UserStore } from './storage/user-store.ts';
import { createHandlers } from './users/handlers.ts';

export interface AppOptions {
  readonly users: UserStore;
  /** Verifies access tokens; both security schemes of the contract carry the same ones. */
  readonly authenticate: Authenticator;
  readonly logger: FastifyBaseLogger | false;
  /** Requests a minute and address; 0 is no limit. */
  readonly rateLimit: number;
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
  readonly contractViolations: 'refuse' | 'report';
  readonly onContractViolation?: (violation: ContractViolation) => void;
}

/** The user service, built from its parts. It does not listen, and reads neither the environment nor the clock. */
export function createApp({
  users,
  authenticate,
  rateLimit,
  onContractViolation,
  ...options
}: AppOptions): FastifyInstance {
  return createServer({
    ...options,
    contract,
    handlers: createHandlers(users),
    authenticators: { OAuth2: authenticate, OIDC: authenticate },
    ...(rateLimit > 0 && { admission: rateLimitAdmission(rateLimit) }),
    ...(onContractViolation && { onContractViolation }),
  });
}
