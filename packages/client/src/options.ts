import type { Method } from '@contract-first/core';
import { createTokens, type TokenSource, type Tokens } from './bearer.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Fetch } from './fetch.ts';
import type { RetryPolicy } from './retry.ts';

/** How a client is made. */
export interface ClientOptions {
  /**
   * Where the API is, with the base path: `https://api.example.com/user/2022-1`. An absolute http or https URL without
   * credentials, query and fragment. On a page: `new URL('/user/2022-1', location.href)`.
   */
  readonly baseUrl: string | URL;
  /**
   * The access token, or what gives it. It is sent to operations that the contract secures, and nowhere else. A source
   * is asked once per call, and once more after a 401, with `refresh: true`.
   *
   * @default none; no Authorization header is sent
   */
  readonly token?: string | TokenSource | undefined;
  /**
   * Milliseconds that a call may take, all attempts and waits included. From 1 to 2147483647.
   *
   * @default 30000
   */
  readonly timeout?: number | undefined;
  /**
   * When requests are sent again; false for never.
   *
   * @default {}
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * What is checked against the contract's schemas. What a request breaks is reported before it is sent. Without a check of
   * responses, types are promises of the server.
   *
   * @default 'both'
   */
  readonly validate?: 'both' | 'requests' | 'responses' | false | undefined;
  /**
   * What sends the requests.
   *
   * @default the global fetch
   */
  readonly fetch?: Fetch | undefined;
  /**
   * What waits and tells the time.
   *
   * @default the clock of the machine
   */
  readonly clock?: Clock | undefined;
  /**
   * Gives numbers from 0 (included) to 1 (excluded).
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined;
}

/** When a request is sent again: after 429, 503 and failures of the network. */
export interface RetryOptions {
  /**
   * How often a request is sent at most. The resend with a renewed token does not count.
   *
   * @default 3
   */
  readonly attempts?: number | undefined;
  /**
   * Milliseconds; the upper limit of the first wait. It doubles with each attempt, and a random part of it is waited.
   *
   * @default 250
   */
  readonly baseDelay?: number | undefined;
  /**
   * Milliseconds; the longest wait. A reply whose Retry-After asks for more is handed over instead.
   *
   * @default 10000
   */
  readonly maxDelay?: number | undefined;
  /**
   * The methods whose requests may be repeated. A call can say it of itself with `idempotent`.
   *
   * @default the idempotent ones (RFC 9110 §9.2.2), and PATCH with If-Match, which is not carried out twice
   */
  readonly methods?: readonly Method[] | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  readonly baseUrl: string;
  readonly tokens: Tokens | null;
  readonly timeout: number;
  readonly retry: RetryPolicy;
  readonly validate: { readonly requests: boolean; readonly responses: boolean };
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
}

const longestTimer = 2_147_483_647;
const knownMethods: readonly Method[] = ['get', 'head', 'options', 'put', 'delete', 'patch', 'post'];

/**
 * @throws {TypeError} that names the option which has a bad value or does not exist
 */
export function settingsOf(options: ClientOptions): Settings {
  const { baseUrl, token, timeout, retry, validate, fetch, clock, random, ...unknown } = options;
  assertNone(unknown, '');
  return {
    baseUrl: checkedUrl(baseUrl),
    tokens: token === undefined ? null : createTokens(checkedToken(token)),
    timeout: checkedTimeout(timeout ?? 30_000),
    retry: retryPolicy(retry ?? {}),
    validate: validation(validate ?? 'both'),
    fetch: checkedFunction('fetch', fetch ?? ((request) => globalThis.fetch(request))),
    clock: clock ?? systemClock,
    random: checkedFunction('random', random ?? Math.random),
  };
}

/**
 * @param milliseconds the option `timeout`, of a client or of a call
 * @throws {TypeError} if it is not from 1 to 2147483647
 */
export function checkedTimeout(milliseconds: number): number {
  return checkedNumber('timeout', milliseconds, 1, longestTimer);
}

function retryPolicy(options: RetryOptions | false): RetryPolicy {
  const { attempts, baseDelay, maxDelay, methods, ...unknown } = options === false ? { attempts: 1 } : options;
  assertNone(unknown, 'retry.');
  if (!Number.isInteger(attempts ?? 1)) refuse('retry.attempts', 'an integer');
  return {
    attempts: checkedNumber('retry.attempts', attempts ?? 3, 1, 100),
    baseDelay: checkedNumber('retry.baseDelay', baseDelay ?? 250, 0, longestTimer),
    maxDelay: checkedNumber('retry.maxDelay', maxDelay ?? 10_000, 0, longestTimer),
    methods: methods === undefined ? null : checkedMethods(methods),
  };
}

function validation(option: ClientOptions['validate']): Settings['validate'] {
  if (option !== false && option !== 'both' && option !== 'requests' && option !== 'responses') {
    return refuse('validate', "'both', 'requests', 'responses' or false");
  }
  return {
    requests: option === 'both' || option === 'requests',
    responses: option === 'both' || option === 'responses',
  };
}

function checkedUrl(baseUrl: string | URL): string {
  const url = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : null;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  // openapi-fetch would take braces for the parameters of a path.
  if (url === null || !isHttp || url.username !== '' || url.password !== '' || /[?#{}]/.test(String(baseUrl))) {
    return refuse('baseUrl', 'an absolute http or https URL without credentials, query, fragment and braces');
  }
  return url.href.replace(/\/$/, '');
}

function checkedToken(token: string | TokenSource): string | TokenSource {
  if (typeof token !== 'string' && typeof token !== 'function') refuse('token', 'a string or a function');
  return token;
}

function checkedFunction<T>(name: string, value: T): T {
  return typeof value === 'function' ? value : refuse(name, 'a function');
}

function checkedNumber(name: string, value: number, least: number, most: number): number {
  return typeof value === 'number' && value >= least && value <= most
    ? value
    : refuse(name, `a number from ${least} to ${most}`);
}

function checkedMethods(methods: readonly Method[]): readonly Method[] {
  const isValid = Array.isArray(methods) && methods.every((method) => knownMethods.includes(method));
  return isValid ? [...methods] : refuse('retry.methods', `a list of ${knownMethods.join(', ')}`);
}

function assertNone(unknown: object, prefix: string): void {
  for (const name of Object.keys(unknown)) throw new TypeError(`There is no option ${prefix}${name}.`);
}

function refuse(name: string, demand: string): never {
  throw new TypeError(`The option ${name} must be ${demand}.`);
}
