import { contract } from '@user-api/contract';
import type { Authenticator } from '@user-api/core';
import { type Admission, type ContractViolation, createServer } from '@user-api/server';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { type ExchangeObserver, observeExchanges } from './observability/exchanges.ts';
import { type OverloadReason, overloadAdmission } from './overload.ts';
import { rateLimitAdmission, subjectRateLimitAdmission } from './rate-limit.ts';
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
  const { rateLimitSubject = 0, observers = [], isDraining } = options;
  return createServer({
    ...options,
    contract,
    handlers: createHandlers(users),
    admission: admissionOf(options, () => users.pool()?.waiting ?? 0),
    ...(rateLimitSubject > 0 && { principalAdmission: subjectRateLimitAdmission(rateLimitSubject) }),
    ...(onContractViolation && { onContractViolation }),
    prepare(app) {
      if (observers.length > 0) observeExchanges(app, observers);
      if (isDraining) endConnections(app, isDraining);
    },
  });
}

type AdmissionOptions = Pick<
  AppOptions,
  'rateLimit' | 'maxInFlight' | 'maxDatabaseQueue' | 'maxEventLoopDelay' | 'onShed'
>;

/** An address that sends too much is told so even under load, and takes no place of the requests in flight. */
function admissionOf({ rateLimit, onShed, ...limits }: AdmissionOptions, databaseQueue: () => number) {
  const { maxInFlight = 0, maxDatabaseQueue = 0, maxEventLoopDelay = 0 } = limits;
  const shed = { maxInFlight, maxDatabaseQueue, databaseQueue, maxEventLoopDelay, ...(onShed && { onShed }) };
  const steps = [
    ...(rateLimit > 0 ? [rateLimitAdmission(rateLimit)] : []),
    ...(maxInFlight + maxDatabaseQueue + maxEventLoopDelay > 0 ? [overloadAdmission(shed)] : []),
  ];
  return async (app: FastifyInstance): Promise<Admission> => {
    const admissions = await Promise.all(steps.map((step) => step(app)));
    return async (request, reply) => {
      for (const admit of admissions) await admit(request, reply);
    };
  };
}

/** The client opens its next connection elsewhere, instead of using this one in the moment in which it ends. */
function endConnections(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining()) reply.header('connection', 'close');
  });
}
