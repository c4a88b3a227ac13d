import { type Fault, list } from './fault.ts';

/** Stable names of what can go wrong; programs decide by them. */
export type ClientErrorCode =
  | 'invalid-request'
  | 'contract-violation'
  | 'undeclared-response'
  | 'network'
  | 'timeout'
  | 'token';

/**
 * What every error of this client has in common. A status that the contract declares is never an error: it is a result.
 * No error holds a token, nor a value of a request or of a reply.
 */
export abstract class ClientError extends Error {
  abstract readonly code: ClientErrorCode;
  readonly operationId: string;

  constructor(operationId: string, message: string, options?: ErrorOptions) {
    super(`${operationId}: ${message}`, options);
    this.operationId = operationId;
  }
}

/** The request breaks the contract. It was not sent. */
export class InvalidRequestError extends ClientError {
  override readonly name = 'InvalidRequestError';
  readonly code = 'invalid-request';
  readonly faults: readonly Fault[];

  constructor(operationId: string, faults: readonly Fault[]) {
    super(operationId, `the request breaks the contract and was not sent: ${list(faults)}`);
    this.faults = faults;
  }
}

/** The reply has a declared status and media type, but its body or a header breaks the contract. */
export class ContractViolationError extends ClientError {
  override readonly name = 'ContractViolationError';
  readonly code = 'contract-violation';
  readonly status: number;
  readonly faults: readonly Fault[];

  constructor(operationId: string, status: number, faults: readonly Fault[]) {
    super(operationId, `the reply with status ${status} breaks the contract: ${list(faults)}`);
    this.status = status;
    this.faults = faults;
  }
}

/** Why a reply has no place in the contract. */
export type UndeclaredReason = 'status' | 'media-type' | 'body';

/**
 * The reply is none that the contract declares, so there is no type to hand it over with: its status is not declared
 * (a redirect is not followed and counts as such), its media type is not, or its body cannot be read as that media type.
 */
export class UndeclaredResponseError extends ClientError {
  override readonly name = 'UndeclaredResponseError';
  readonly code = 'undeclared-response';
  readonly reason: UndeclaredReason;
  /** The HTTP status; 0 for a redirect in a browser, which does not tell it. */
  readonly status: number;
  /** In lower case, without parameters; null without a Content-Type. */
  readonly mediaType: string | null;

  constructor(operationId: string, reason: UndeclaredReason, status: number, mediaType: string | null) {
    super(operationId, explain(reason, status, mediaType));
    this.reason = reason;
    this.status = status;
    this.mediaType = mediaType;
  }
}

/** There is no whole reply: no connection, or it broke before the end. `cause` is what fetch rejected with. */
export class NetworkError extends ClientError {
  override readonly name = 'NetworkError';
  readonly code = 'network';

  constructor(operationId: string, cause: unknown) {
    super(operationId, 'the server could not be reached, or the connection broke before the reply was complete', {
      cause,
    });
  }
}

/** The call took longer than its `timeout`, all attempts and waits included. */
export class TimeoutError extends ClientError {
  override readonly name = 'TimeoutError';
  readonly code = 'timeout';
  /** Milliseconds. */
  readonly timeout: number;

  constructor(operationId: string, timeout: number) {
    super(operationId, `no reply within ${timeout} ms`);
    this.timeout = timeout;
  }
}

/** There is no usable token: the token source failed (see `cause`), or gave what is not a Bearer token (RFC 6750 §2.1). */
export class TokenError extends ClientError {
  override readonly name = 'TokenError';
  readonly code = 'token';
}

function explain(reason: UndeclaredReason, status: number, mediaType: string | null): string {
  if (reason === 'status') return `the contract does not declare the status ${status}`;
  const type = mediaType ?? 'no media type';
  if (reason === 'media-type') return `the contract does not declare ${type} for the status ${status}`;
  return `the body of the reply with status ${status} cannot be read as ${type}`;
}
