import {
  type AnyOperation,
  errorDocument,
  invalidStatusOf,
  type Operation,
  type ParameterReader,
  type Principal,
  type Problem,
  ProblemError,
  parameterReader,
  parseRequestTarget,
  problem,
  type RequestOf,
  responseFor,
} from '@contract-first/core';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type AuthorizationOptions, authorize } from './authorization.ts';
import { negotiateReply, type ParsedBody, parseBody, requestMediaType } from './content.ts';
import { refuseRelationships, validateDocument } from './document.ts';
import { type ErrorBounds, errorBoundsOf, withinBounds } from './error-bounds.ts';
import type { ErrorFormat } from './error-format.ts';
import { HostFailure } from './failure.ts';
import type { Admission, PrincipalAdmission } from './options.ts';
import { type Decoded, type Values, validateParameters, validateQuery } from './parameters.ts';
import { AnswerValue, createReply } from './reply.ts';
import type { OutgoingReply } from './reply-check.ts';
import type { Sender } from './sending.ts';

/** A handler whose types have been checked against the contract by the compiler. */
export type UntypedHandler = (request: RequestOf<AnyOperation>, reply: unknown) => unknown;

export interface RouteContext<P extends Principal> {
  readonly authorization: AuthorizationOptions<P>;
  readonly admit: Admission;
  readonly admitPrincipal: PrincipalAdmission<P>;
  readonly errorFormat: ErrorFormat;
  /** For operations that declare neither 400 nor 422. */
  readonly invalidRequestStatus: 400 | 422;
  readonly sender: Sender;
  /** Recognises errors of what the host gave; null for those that it does not know. */
  readonly problemOf: (error: unknown) => ProblemError | null;
}

export type OperationRoute = Pick<RouteOptions, 'onRequest' | 'handler' | 'schema'>;

/** The head of a request that was accepted: its body may be read. */
interface AcceptedHead {
  readonly path: Decoded;
  /** null on a public operation. */
  readonly principal: Principal | null;
  /** The media type of the body in lower case; null without a body. */
  readonly requestMediaType: string | null;
  /** The media type that was negotiated for a successful reply; null if it has no body. */
  readonly responseMediaType: string | null;
}

/** What the handler gets of a valid request, besides its path and its sender. */
interface Input {
  readonly query: Values;
  readonly headers: Values;
  readonly cookies: Values;
  /** The document; undefined without a body. */
  readonly body: unknown;
}

/** The key under which a request carries its {@link AcceptedHead} over the reading of its body. */
export const acceptedHeadKey = Symbol('accepted head');

/** The way of a request through one operation: its head, and once the body has been read its input and its reply. */
export function createRoute<P extends Principal>(
  operation: Operation,
  handler: UntypedHandler,
  context: RouteContext<P>,
): OperationRoute {
  const methods = createReply(operation);
  const reading = inputReading(operation, context);
  return {
    schema: {},
    onRequest: async (request) =>
      request.setDecorator(acceptedHeadKey, await acceptHead(request, operation, reading.reader, context)),
    handler: async (request, reply) => {
      const head = request.getDecorator<AcceptedHead>(acceptedHeadKey);
      const input = readInput(request, operation, head, reading);
      const answer = await runHostCode(context, async () =>
        handler(requestOf(request, reply, operation, head, input), methods),
      );
      return context.sender.send(request, reply, operation, outgoing(operation, answer, head.responseMediaType));
    },
  };
}

/** The steps stand in the order in which their refusals win. */
async function acceptHead<P extends Principal>(
  request: FastifyRequest,
  operation: Operation,
  reader: ParameterReader,
  context: RouteContext<P>,
): Promise<AcceptedHead> {
  const path = readPath(request, operation, reader);
  await runHostCode(context, () => context.admit(request));
  const principal = await runHostCode(context, () => authorize(request, operation, path.values, context.authorization));
  if (principal !== null) await runHostCode(context, () => context.admitPrincipal(request, principal));
  const responseMediaType = negotiateReply(request, operation);
  return { path, principal, responseMediaType, requestMediaType: requestMediaType(request, operation) };
}

/**
 * Runs what the host gave. An error of it is a failure of ours, even with a code that would be the client's fault while
 * the request is read: a connection to the database may be reset too.
 */
async function runHostCode<T>(
  { problemOf }: Pick<RouteContext<Principal>, 'problemOf'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw problemOf(cause) ?? new HostFailure('the host failed', { cause });
  }
}

/**
 * A path that its schema refuses names no resource: 404 before anything else is asked. An operation that has no 404
 * reports it with the other faults instead.
 */
function readPath(request: FastifyRequest, operation: Operation, reader: ParameterReader): Decoded {
  // Not the router's own values, which are decoded before a delimiter could be told from an escaped one.
  const path = validateParameters(reader.path(parseRequestTarget(request.raw.url ?? '').path));
  if (path.problems.length > 0 && responseFor(operation, 404) !== null) throw new ProblemError(problem('notFound'));
  return path;
}

/** How the input of an operation is read, and how its faults are answered. */
interface InputReading {
  readonly reader: ParameterReader;
  readonly invalidStatus: 400 | 422;
  readonly bounds: ErrorBounds;
}

function inputReading(
  operation: Operation,
  {
    invalidRequestStatus: fallback,
    errorFormat,
  }: Pick<RouteContext<Principal>, 'invalidRequestStatus' | 'errorFormat'>,
): InputReading {
  const invalidStatus = invalidStatusOf(operation, fallback);
  return {
    reader: parameterReader(operation),
    invalidStatus,
    bounds: errorBoundsOf(operation, invalidStatus, errorFormat),
  };
}

/** Path, query, headers, cookies and body: every fault of the request in one answer. */
function readInput(
  request: FastifyRequest,
  operation: Operation,
  head: AcceptedHead,
  { reader, invalidStatus, bounds }: InputReading,
): Input {
  const query = validateQuery(reader.query(parseRequestTarget(request.raw.url ?? '').query));
  const headers = validateParameters(reader.headers(request.raw.rawHeaders));
  const cookies = validateParameters(reader.cookies(request.raw.rawHeaders));
  const body = readBody(request, operation, head);
  const problems = [head.path, query, headers, cookies, body].flatMap((part) => part.problems);
  const [first, ...rest] = problems.map((one) => ({ ...one, status: invalidStatus }));
  if (first !== undefined) throw new ProblemError(withinBounds([first, ...rest], bounds));
  refuseRelationships(operation, body.document);
  return { query: query.values, headers: headers.values, cookies: cookies.values, body: body.document };
}

function readBody(
  { body: bytes }: FastifyRequest,
  operation: Operation,
  { path, requestMediaType: mediaType }: AcceptedHead,
): ParsedBody {
  const { requestBody } = operation;
  if (requestBody === null) return { document: undefined, problems: [] };
  if (mediaType === null || !Buffer.isBuffer(bytes) || bytes.length === 0) {
    return { document: undefined, problems: missingBody(requestBody.required, mediaType) };
  }
  const parsed = parseBody(bytes, mediaType);
  if (parsed.document === undefined) return parsed;
  return { document: parsed.document, problems: validateDocument(operation, mediaType, parsed, path.values) };
}

/** A body may be left out where it is optional, but not announced and then empty. */
function missingBody(isRequired: boolean, mediaType: string | null): readonly Problem[] {
  if (isRequired) return [problem('missingBody')];
  if (mediaType === null) return [];
  return [
    problem('missingBody', {
      detail: `The body is empty, which ${mediaType} does not allow; send none, or a whole one.`,
    }),
  ];
}

function requestOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { operationId }: Operation,
  { path, principal }: AcceptedHead,
  { query, headers, cookies, body }: Input,
): RequestOf<AnyOperation> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return {
    operationId,
    requestId: request.id,
    path: path.values,
    query,
    headers,
    cookies,
    // Validated against the schema that the type was generated from.
    body: body as undefined,
    principal,
    signal: gone.signal,
    errors: (first, ...more) => errorDocument(request.id, [first, ...more]),
  };
}

function outgoing(operation: Operation, answer: unknown, negotiated: string | null): OutgoingReply {
  if (!(answer instanceof AnswerValue) || answer.operationId !== operation.operationId) {
    throw new Error(`the handler of ${operation.operationId} did not answer through its reply`);
  }
  const content = Object.keys(responseFor(operation, answer.status)?.content ?? {});
  const mediaType = negotiated !== null && content.includes(negotiated) ? negotiated : (content[0] ?? null);
  const headers = Object.entries(answer.headers).filter(([, value]) => value !== undefined);
  return {
    status: answer.status,
    headers: {
      ...(negotiated !== null && { vary: 'Accept' }),
      ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    },
    mediaType: answer.body === undefined ? null : mediaType,
    body: answer.body,
  };
}
