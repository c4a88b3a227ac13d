// Headers by hand, not @fastify/helmet: they are constants, and replies that Fastify never sees need them too.
import { errorDocument, JSON_API, type Operation, type ProblemError, serverStatuses } from '@contract-first/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblemError } from './failure.ts';
import type { ErrorBodies } from './options.ts';
import { type ContractViolation, checkReply, type OutgoingReply } from './reply-check.ts';

/**
 * Headers of every reply: nothing is stored by caches (RFC 9111 §5.2.2.5), nothing is sniffed, and a browser that is
 * led to a reply neither shows it in a frame nor runs anything of it. They are constants, because a reply is never a
 * page that could need an exception.
 */
export const standardHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=31536000' };

/** {@link standardHeaders} and those that depend on the request. RFC 6797 §7.2: strict transport is said on https only. */
export function standardHeadersFor({ id, protocol }: FastifyRequest): Readonly<Record<string, string>> {
  return { ...standardHeaders, ...(protocol === 'https' && STRICT_TRANSPORT), 'x-request-id': id };
}

export const jsonApiErrors: ErrorBodies = { mediaType: JSON_API, create: errorDocument };

export interface Sender {
  /** Sends what an operation answered, once it is found to keep the contract. */
  send(request: FastifyRequest, reply: FastifyReply, operation: Operation, outgoing: OutgoingReply): FastifyReply;
  /** The one place where errors become replies. */
  sendError(request: FastifyRequest, reply: FastifyReply, operation: Operation | null, error: unknown): FastifyReply;
}

export interface SenderOptions {
  /** Those of the whole contract. */
  readonly operations: readonly Operation[];
  readonly errorBodies: ErrorBodies;
  readonly refuseViolations: boolean;
  readonly onContractViolation: (violation: ContractViolation) => void;
}

export function createSender({
  operations,
  errorBodies,
  refuseViolations,
  onContractViolation,
}: SenderOptions): Sender {
  function report(request: FastifyRequest, violation: ContractViolation): void {
    request.log.error({ violation }, 'the reply breaks the contract');
    onContractViolation(violation);
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: Operation,
    outgoing: OutgoingReply,
  ): FastifyReply {
    const complete = withStandardHeaders(request, outgoing);
    const violation = checkReply(operation, complete);
    if (violation !== null) {
      report(request, violation);
      if (refuseViolations) return sendError(request, reply, operation, new Error('the reply breaks the contract'));
    }
    return write(reply, complete);
  }

  function sendError(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: Operation | null,
    thrown: unknown,
  ): FastifyReply {
    const error = toProblemError(thrown, operation === null ? operations : [operation]);
    logError(request, error);
    const complete = withStandardHeaders(request, {
      status: error.status,
      headers: error.headers,
      mediaType: errorBodies.mediaType,
      body: errorBodies.create(request.id, error.problems),
    });
    const violation =
      operation === null || isServerStatus(operation, error.status) ? null : checkReply(operation, complete);
    // An error reply is sent all the same: there is nothing better to replace it with.
    if (violation !== null) report(request, violation);
    return write(reply, complete);
  }

  return { send, sendError };
}

function isServerStatus(operation: Operation, status: number): boolean {
  return serverStatuses.has(status) && !Object.hasOwn(operation.responses, String(status));
}

function logError(request: FastifyRequest, error: ProblemError): void {
  const codes = error.problems.map(({ code }) => code);
  if (isFailure(error)) request.log.error({ err: error.cause ?? error, codes }, error.message);
  else request.log.info({ codes }, 'request refused');
}

/** A 503 without a cause is a refusal, too: a line with a stack for each would make overload worse. */
function isFailure({ status, cause }: ProblemError): boolean {
  return status >= 500 && (status !== 503 || cause !== undefined);
}

function withStandardHeaders(request: FastifyRequest, outgoing: OutgoingReply): OutgoingReply {
  return { ...outgoing, headers: { ...standardHeadersFor(request), ...outgoing.headers } };
}

/** Writes bytes, not text: Fastify appends a charset to the media type of everything else. */
function write(reply: FastifyReply, { status, headers, mediaType, body }: OutgoingReply): FastifyReply {
  reply.code(status).headers(headers);
  if (mediaType === null) return reply.removeHeader('content-type').send();
  return reply.header('content-type', mediaType).send(Buffer.from(JSON.stringify(body)));
}
