// Headers by hand, not @fastify/helmet: they are constants, and replies that Fastify never sees need them too.
import { type Operation, type ProblemError, type Response, responseFor, serverStatuses } from '@contract-first/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorFormat } from './error-format.ts';
import { toProblemError } from './failure.ts';
import { fieldValue } from './field-value.ts';
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

export interface Sender {
  /** Sends what an operation answered, once it is found to keep the contract. */
  send(request: FastifyRequest, reply: FastifyReply, operation: Operation, outgoing: OutgoingReply): FastifyReply;
  /** The one place where errors become replies. */
  sendError(request: FastifyRequest, reply: FastifyReply, operation: Operation | null, error: unknown): FastifyReply;
}

export interface SenderOptions {
  /** Those of the whole contract. */
  readonly operations: readonly Operation[];
  readonly errorFormat: ErrorFormat;
  readonly refuseViolations: boolean;
  readonly onContractViolation: (violation: ContractViolation) => void;
}

export function createSender({
  operations,
  errorFormat,
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
    const message = messageOf(request, operation, outgoing);
    const violation = violationOf(operation, message);
    if (violation !== null) report(request, violation);
    const isKept = violation !== null && (refuseViolations || message.unwritable.length > 0);
    if (isKept) return sendError(request, reply, operation, new Error('the reply breaks the contract'));
    return write(reply, message);
  }

  function sendError(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: Operation | null,
    thrown: unknown,
  ): FastifyReply {
    const error = toProblemError(thrown, operation, operations);
    logError(request, error);
    const message = messageOf(request, operation, {
      status: error.status,
      headers: error.headers,
      ...errorBodyOf(operation, request.id, error),
    });
    const isOwn = operation === null || isUndeclared(operation, error.status);
    const violation = isOwn ? null : violationOf(operation, message);
    // An error reply is sent all the same: there is nothing better to replace it with.
    if (violation !== null) report(request, violation);
    return write(reply, message);
  }

  /** An operation may declare that its errors have no body. */
  function errorBodyOf(operation: Operation | null, requestId: string, { problems, status }: ProblemError) {
    const response = operation === null ? null : responseFor(operation, status);
    if (response !== null && Object.keys(response.content).length === 0) return { mediaType: null, body: undefined };
    return errorFormat({ operation, requestId, problems });
  }

  return { send, sendError };
}

/** A reply with all of its headers as they are written. */
interface Message extends OutgoingReply {
  readonly bytes: Buffer | null;
  readonly fields: Readonly<Record<string, string>>;
  /** The names of the headers that cannot be written; they are not among the fields. */
  readonly unwritable: readonly string[];
}

/** What the handler gave wins over what the server writes by itself; what it writes by itself counts as given. */
function messageOf(request: FastifyRequest, operation: Operation | null, outgoing: OutgoingReply): Message {
  const bytes = outgoing.mediaType === null ? null : Buffer.from(JSON.stringify(outgoing.body));
  const declared = operation === null ? null : responseFor(operation, outgoing.status);
  // Made here, of constants and of what has been checked: only what was given may be unwritable.
  const own = { ...standardHeadersFor(request), ...(declared !== null && ownHeaders(declared, bytes)) };
  const headers: Record<string, unknown> = { ...own, ...outgoing.headers };
  const fields: Record<string, string> = own;
  const unwritable: string[] = [];
  for (const [name, value] of Object.entries(outgoing.headers)) {
    const text = fieldValue(name, value);
    if (text === null) {
      unwritable.push(name);
      delete fields[name];
      continue;
    }
    fields[name] = text;
    // What is checked is what is written, but a number stays one.
    if (typeof value === 'string') headers[name] = text;
  }
  return { ...outgoing, headers, bytes, fields, unwritable };
}

/** Headers that only a contract which declares them needs to be told of. */
function ownHeaders({ headers }: Response, bytes: Buffer | null): Readonly<Record<string, string>> {
  return {
    ...(bytes !== null && Object.hasOwn(headers, 'content-length') && { 'content-length': String(bytes.length) }),
    ...(Object.hasOwn(headers, 'vary') && { vary: 'Accept' }),
    ...(Object.hasOwn(headers, 'date') && { date: new Date().toUTCString() }),
  };
}

function violationOf(operation: Operation, message: Message): ContractViolation | null {
  const violation = checkReply(operation, message);
  if (message.unwritable.length === 0) return violation;
  const faults = message.unwritable.map((name) => `header ${name} has characters that a header cannot hold`);
  const { operationId } = operation;
  return { operationId, status: message.status, faults: [...(violation?.faults ?? []), ...faults] };
}

/** Whether the server answers such an error by itself, and the operation says nothing of it. */
function isUndeclared(operation: Operation, status: number): boolean {
  const isOwn = serverStatuses.has(status) || status === 500 || status === 501;
  return isOwn && !Object.hasOwn(operation.responses, String(status));
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

/** Writes bytes, not text: Fastify appends a charset to the media type of everything else. */
function write(reply: FastifyReply, { status, fields, mediaType, bytes }: Message): FastifyReply {
  reply.code(status).headers(fields);
  if (bytes === null || mediaType === null) return reply.removeHeader('content-type').send();
  return reply.header('content-type', mediaType).send(bytes);
}
