import {
  type AnyOperation,
  errorDocument,
  type Operation,
  type Principal,
  type Problem,
  ProblemError,
  problem,
  type RequestOf,
} from '@contract-first/core';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type AuthorizationOptions, authorize } from './authorization.ts';
import { negotiateReply, parseBody, requestMediaType } from './content.ts';
import { refuseRelationships, validateDocument } from './document.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { Failures } from './failure.ts';
import type { Admission, PrincipalAdmission } from './options.ts';
import { decodeHeaders, decodePath, decodeQuery } from './parameters.ts';
import { inProportion } from './proportion.ts';
import { AnswerValue, createReply } from './reply.ts';
import { responseFor } from './reply-check.ts';
import { parseRequestTarget } from './request-target.ts';
import type { Sender } from './sending.ts';

/** A handler whose types have been checked against the contract by the compiler. */
export type UntypedHandler = (request: RequestOf<AnyOperation>, reply: unknown) => unknown;

export interface RouteContext<P extends Principal> {
  readonly authorization: AuthorizationOptions<P>;
  readonly admit: Admission;
  readonly admitPrincipal: PrincipalAdmission<P>;
  readonly sender: Sender;
  readonly failures: Failures;
}

export type OperationRoute = Pick<RouteOptions, 'onRequest' | 'preValidation' | 'handler' | 'schema'>;

/**
 * The way of a request through one operation. The steps stand in the order in which their refusals win; the body is
 * read between `onRequest` and `preValidation`.
 */
export function createRoute<P extends Principal>(
  operation: Operation,
  handler: UntypedHandler,
  context: RouteContext<P>,
): OperationRoute {
  const methods = createReply(operation);
  /** Runs what the host gave. */
  const own = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw context.failures.ofHost(cause, operation);
    }
  };
  return {
    schema: {},
    onRequest: [
      async (request) => readPath(request, exchangeOf(request)),
      async (request) => own(() => context.admit(request)),
      async (request) => {
        const exchange = exchangeOf(request);
        const { path } = exchange.parameters;
        const principal = await own(() => authorize(request, operation, path, context.authorization));
        exchange.principal = principal;
        if (principal !== null) await own(() => context.admitPrincipal(request, principal));
      },
      async (request) => {
        const exchange = exchangeOf(request);
        exchange.responseMediaType = negotiateReply(request, operation);
        exchange.requestMediaType = requestMediaType(request, operation);
      },
    ],
    preValidation: async (request) => validate(request, exchangeOf(request)),
    handler: async (request, reply) => {
      const answer = await own(async () => handler(requestOf(request, reply, exchangeOf(request)), methods));
      return context.sender.send(request, reply, operation, outgoing(operation, answer, exchangeOf(request)));
    },
  };
}

/**
 * A path that its schema refuses names no resource: 404 before anything else is asked. An operation that has no 404
 * tells it with the other faults instead.
 */
function readPath(request: FastifyRequest, exchange: Exchange): void {
  const { values, problems } = decodePath(exchange.operation, rawPathOf(request));
  if (problems.length > 0 && responseFor(exchange.operation, 404) !== null) throw new ProblemError(problem('notFound'));
  exchange.parameters.path = values;
  exchange.problems.push(...problems);
}

function rawPathOf({ params }: FastifyRequest): Readonly<Record<string, string>> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Path, query, headers and body: every fault of the request in one answer. */
function validate(request: FastifyRequest, exchange: Exchange): void {
  const query = decodeQuery(exchange.operation, parseRequestTarget(request.raw.url ?? '').query);
  const header = decodeHeaders(exchange.operation, request.headers);
  exchange.parameters.query = query.values;
  exchange.parameters.header = header.values;
  const problems = [...exchange.problems, ...query.problems, ...header.problems, ...readBody(request, exchange)];
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ProblemError(inProportion([first, ...rest]));
  refuseRelationships(exchange.operation, exchange.body);
}

function readBody(request: FastifyRequest, exchange: Exchange): readonly Problem[] {
  const { operation, requestMediaType: mediaType, parameters } = exchange;
  if (operation.requestBody === null) return [];
  const bytes = request.body;
  if (mediaType === null || !Buffer.isBuffer(bytes) || bytes.length === 0) {
    return operation.requestBody.required || mediaType !== null ? [problem('missingBody')] : [];
  }
  const parsed = parseBody(bytes, mediaType);
  if (parsed.document === undefined) return parsed.problems;
  exchange.body = parsed.document;
  return validateDocument(operation, mediaType, parsed, parameters.path);
}

function requestOf(request: FastifyRequest, reply: FastifyReply, exchange: Exchange): RequestOf<AnyOperation> {
  const { operation, parameters, principal, body } = exchange;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return {
    operationId: operation.operationId,
    requestId: request.id,
    path: parameters.path,
    query: parameters.query,
    headers: parameters.header,
    // Validated against the schema that the type was generated from.
    body: body as undefined,
    principal,
    signal: gone.signal,
    errors: (first, ...more) => errorDocument(request.id, [first, ...more]),
  };
}

function outgoing(operation: Operation, answer: unknown, exchange: Exchange) {
  if (!(answer instanceof AnswerValue) || answer.operationId !== operation.operationId) {
    throw new Error(`the handler of ${operation.operationId} did not answer through its reply`);
  }
  const content = Object.keys(responseFor(operation, answer.status)?.content ?? {});
  const negotiated = exchange.responseMediaType;
  const mediaType = negotiated !== null && content.includes(negotiated) ? negotiated : (content[0] ?? null);
  const headers = Object.entries(answer.headers).filter(([, value]) => value !== undefined);
  return {
    status: answer.status,
    headers: {
      ...(negotiated !== null && { vary: 'Accept' }),
      ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    },
    mediaType: answer.body === undefined ? null : mediaType,
    body: answer.body,
  };
}
