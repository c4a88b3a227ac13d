import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AnyOperations, Contract, Principal } from '@contract-first/core';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { shareWithOrigins } from './cors.ts';
import { createFailures } from './failure.ts';
import { createHttpParserReplies } from './http-parser.ts';
import type { ContractOptions } from './options.ts';
import { type OverloadCheck, refuseOverload } from './overload.ts';
import { createPathTable } from './path-table.ts';
import { contractPlugin } from './plugin.ts';
import { createResponseOrder } from './response-order.ts';
import { createSender, jsonApiErrors } from './sending.ts';
import { failureStatusOf } from './status-set.ts';

export interface ServerOptions<Operations, P extends Principal = Principal> extends ContractOptions<Operations, P> {
  /**
   * The logger of the server; `false` logs nothing.
   * @default false
   */
  readonly logger?: FastifyBaseLogger | false;
  /**
   * The largest body in bytes.
   * @default 65536
   */
  readonly bodyLimit?: number;
  /**
   * The largest header section in bytes, request line included.
   * @default 16384
   */
  readonly headerLimit?: number;
  /**
   * How long a request may take to arrive, in milliseconds.
   * @default 30000
   */
  readonly requestTimeout?: number;
  /**
   * How long the header section may take to arrive, in milliseconds.
   * @default 10000, or requestTimeout if that is shorter
   */
  readonly headersTimeout?: number;
  /**
   * How long an idle connection is kept, in milliseconds.
   * @default 72000
   */
  readonly keepAliveTimeout?: number;
  /**
   * Whose forwarding headers are believed: addresses or CIDR ranges of proxies.
   * @default nobody's
   */
  readonly trustProxy?: readonly string[];
  /**
   * Turns requests away with 503 and Retry-After, before they are routed (rule D10 begins behind it).
   * @default none
   */
  readonly isOverloaded?: OverloadCheck;
  /**
   * Is called with the server before the contract is registered, so that hooks that it adds come first and see every
   * request, those too that no operation gets.
   * @default nothing
   */
  readonly prepare?: (app: FastifyInstance) => void;
}

/**
 * Builds a server that serves a contract and nothing else. It does not listen.
 *
 * @throws BootError from `ready()` or `listen()`, if handlers or authenticators do not fit the contract
 * @throws TypeError if a limit is not a positive integer
 */
export function createServer<Operations, P extends Principal>(options: ServerOptions<Operations, P>): FastifyInstance {
  const errorBodies = options.errorBodies ?? jsonApiErrors;
  // `Operations` is a type and no value: the table is the same.
  const contract = options.contract as unknown as Contract<AnyOperations>;
  const paths = createPathTable(contract);
  const order = createResponseOrder();
  const parserReplies = createHttpParserReplies({ paths, errorBodies, order, newRequestId: randomUUID });
  const failures = createFailures(failureStatusOf(contract));
  const sender = createSender({ errorBodies, failures, refuseViolations: true, onContractViolation: () => undefined });
  const { isOverloaded = () => false, logger = false, corsOrigins = [] } = options;
  const door = { isOverloaded, requestId, errorBodies, sharing: shareWithOrigins(corsOrigins, contract), logger };
  const limits = limitsOf(options);
  const app: FastifyInstance = fastify({
    ...(logger ? { loggerInstance: logger } : { logger }),
    bodyLimit: limits.bodyLimit,
    // Path parameters are limited by their schemas; Fastify's own limit would answer 414.
    routerOptions: { maxParamLength: 65_536 },
    requestIdHeader: false,
    genReqId: requestId,
    trustProxy: options.trustProxy ? [...options.trustProxy] : false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // For the name localhost Fastify would open a second server, which would lack what is attached here.
    serverFactory: (handler) => {
      const server = createNodeServer(limits, order.inOrder(refuseOverload(handler, door)));
      parserReplies.attach(server);
      return server;
    },
    clientErrorHandler: parserReplies.onClientError,
    frameworkErrors: (error, request, reply) => sender.sendError(request, reply, null, error),
  });
  options.prepare?.(app);
  app.register(contractPlugin(options));
  return app;
}

type LimitName = 'bodyLimit' | 'headerLimit' | 'requestTimeout' | 'headersTimeout' | 'keepAliveTimeout';

type Limits = { readonly [Name in LimitName]: number };

function limitsOf<Operations, P extends Principal>(options: ServerOptions<Operations, P>): Limits {
  const requestTimeout = positive('requestTimeout', options.requestTimeout, 30_000);
  return {
    requestTimeout,
    bodyLimit: positive('bodyLimit', options.bodyLimit, 65_536),
    headerLimit: positive('headerLimit', options.headerLimit, 16_384),
    // Node refuses a longer one than that of the whole request.
    headersTimeout: Math.min(positive('headersTimeout', options.headersTimeout, 10_000), requestTimeout),
    keepAliveTimeout: positive('keepAliveTimeout', options.keepAliveTimeout, 72_000),
  };
}

function createNodeServer(limits: Limits, handler: RequestListener): Server {
  const { headerLimit, requestTimeout, headersTimeout, keepAliveTimeout } = limits;
  const settings = {
    maxHeaderSize: headerLimit,
    requestTimeout,
    headersTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: 1_000,
    // A missing Host is answered with an error document, which Node's own reply is not.
    requireHostHeader: false,
  };
  const server = createHttpServer(settings, handler);
  // The size is the limit. Some versions of Node drop what is beyond a number, and with it preconditions.
  server.maxHeadersCount = 0;
  return server;
}

function positive(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`option ${name} must be a positive integer`);
}

const REQUEST_ID = /^[0-9A-Za-z._~+/=-]{1,128}$/;

/** The caller's own id, if it has a harmless form, so that one id goes through all services; otherwise a new one. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
