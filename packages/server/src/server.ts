import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createPaths, type Principal, untypedContract } from '@contract-first/core';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { shareWithOrigins } from './cors.ts';
import { defaultErrorFormat } from './error-format.ts';
import { expectsContinue } from './http-message.ts';
import { createHttpParserReplies } from './http-parser.ts';
import type { ContractOptions } from './options.ts';
import { type OverloadCheck, refuseOverload } from './overload.ts';
import { wholeServerPlugin } from './plugin.ts';
import { createResponseOrder } from './response-order.ts';
import { createSender } from './sending.ts';

export interface ServerOptions<Operations, P extends Principal = Principal, Schemes extends string = string>
  extends ContractOptions<Operations, P, Schemes> {
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
   * Turns requests away with 503 and Retry-After, before they are routed.
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
export function createServer<Operations, P extends Principal, Schemes extends string = string>(
  options: ServerOptions<Operations, P, Schemes>,
): FastifyInstance {
  const contract = untypedContract(options.contract);
  const operations = Object.values(contract.operations);
  const errorFormat = options.errorFormat ?? defaultErrorFormat(operations);
  const paths = createPaths(contract);
  const order = createResponseOrder();
  const parserReplies = createHttpParserReplies({ paths, errorFormat, order, newRequestId: randomUUID });
  const sender = createSender({
    operations,
    errorFormat,
    refuseViolations: true,
    onContractViolation: () => undefined,
  });
  const { isOverloaded = () => false, logger = false, corsOrigins = [] } = options;
  const overload = { isOverloaded, requestId, errorFormat, sharing: shareWithOrigins(corsOrigins, contract), logger };
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
      const server = createNodeServer(limits, order.inOrder(refuseOverload(handler, overload)));
      parserReplies.attach(server);
      return server;
    },
    clientErrorHandler: parserReplies.onClientError,
    frameworkErrors: (error, request, reply) => sender.sendError(request, reply, null, error),
  });
  options.prepare?.(app);
  app.addHook('preParsing', continueWhenExpected);
  app.register(wholeServerPlugin({ ...options, errorFormat }, paths));
  return app;
}

/** RFC 9110 §10.1.1: the client may send the body, since its headers were accepted, the announced length included. */
async function continueWhenExpected(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const isTooLarge = Number(request.headers['content-length'] ?? 0) > request.routeOptions.bodyLimit;
  if (expectsContinue(request.raw) && !isTooLarge) reply.raw.writeContinue();
}

type LimitName = 'bodyLimit' | 'headerLimit' | 'requestTimeout' | 'headersTimeout' | 'keepAliveTimeout';

type Limits = { readonly [Name in LimitName]: number };

function limitsOf(options: { readonly [Name in LimitName]?: number }): Limits {
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
