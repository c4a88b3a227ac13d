export type { TokenRequest, TokenSource } from './bearer.ts';
export { createClient } from './client.ts';
export type { Clock } from './clock.ts';
export type { ClientErrorCode, UndeclaredReason } from './errors.ts';
export {
  ClientError,
  ContractViolationError,
  InvalidRequestError,
  NetworkError,
  TimeoutError,
  TokenError,
  UndeclaredResponseError,
} from './errors.ts';
export type { Fault } from './fault.ts';
export type { Fetch } from './fetch.ts';
export type { ClientOptions, RetryOptions } from './options.ts';
export type { CallOptions, Client, Failure, RequestOf, ResultOf, Success } from './types.ts';
