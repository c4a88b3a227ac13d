import type { Contract, Method, Operation } from '@contract-first/core';
import createOpenapiFetch from 'openapi-fetch';
import { withBearer } from './bearer.ts';
import { type Fetch, withWholeBody } from './fetch.ts';
import { assertMediaTypes } from './media-type.ts';
import { type ClientOptions, checkedTimeout, type Settings, settingsOf } from './options.ts';
import { type Reply, readReply } from './reply.ts';
import { type CallArgument, type PreparedRequest, preparation } from './request.ts';
import { type RetryContext, withRetry } from './retry.ts';
import { withinLimits } from './timeout.ts';
import type { Client } from './types.ts';

/**
 * Makes a client with one method per operation of a contract, named by its operationId.
 *
 * A method resolves to a result for every status that the contract declares, errors included: `ok` and `status` tell
 * which type `data` or `error` has. It rejects with a `ClientError` if there is no such result, with the reason of the
 * caller's signal if that is aborted, and with a TypeError for a bad `timeout`.
 *
 * @param contract the contract as generated
 * @throws {TypeError} that names the option with a bad value, or the operation with a media type that the client cannot
 *   handle
 */
export function createClient<Operations>(contract: Contract<Operations>, options: ClientOptions): Client<Operations> {
  const settings = settingsOf(options);
  const operations = Object.values<Operation>(contract.operations);
  for (const operation of operations) assertMediaTypes(operation);
  const methods = operations.map((operation) => [operation.operationId, bind(operation, settings)] as const);
  // The generator writes the table and the types from one document, so each method takes and gives what its row says;
  // what the types cannot hold back is refused when the request is prepared and when the reply is read.
  return Object.freeze(Object.fromEntries(methods)) as Client<Operations>;
}

function bind(operation: Operation, settings: Settings): (call?: CallArgument) => Promise<Reply> {
  const prepare = preparation(operation);
  return async (call = {}) => {
    const { clock } = settings;
    const timeout = checkedTimeout(call.timeout ?? settings.timeout);
    const deadline = clock.now() + timeout;
    return withinLimits({ operationId: operation.operationId, timeout, signal: call.signal, clock }, async (signal) => {
      const send = sender(operation, settings, { deadline, signal, idempotent: call.idempotent });
      const request = prepare(call, settings.validate.requests);
      const response = await sendRequest(operation.method, request, settings.baseUrl, send, signal);
      return readReply(operation, response, settings.validate.responses);
    });
  };
}

/** As much of `paths` as openapi-fetch must know to take any path; the types of a call are checked before it gets here. */
type AnyPaths = Record<string, Record<Method, { parameters: object; requestBody?: AnyBody; responses: object }>>;
type AnyBody = { content: Record<string, string> };

/**
 * Sends one request. openapi-fetch builds it and gets to see an empty response only: it takes a body that it cannot
 * parse for text, so the response is read by what knows the contract.
 */
async function sendRequest(
  method: Method,
  { path, query, headers, body }: PreparedRequest,
  baseUrl: string,
  send: Fetch,
  signal: AbortSignal,
): Promise<Response> {
  let sent: Promise<Response> | undefined;
  const http = createOpenapiFetch<AnyPaths>({ baseUrl, redirect: 'manual', credentials: 'omit' });
  await http.request(method, path, {
    headers,
    ...(body !== undefined && { body }),
    bodySerializer: () => body,
    querySerializer: () => query,
    signal,
    fetch: async (request) => {
      sent = send(request);
      await sent;
      return new Response(null, { status: 204 });
    },
  });
  if (sent === undefined) throw new TypeError('openapi-fetch sent no request');
  return sent;
}

/** From the inside out: one request, with a token, again if need be. Made for one call. */
function sender(operation: Operation, settings: Settings, limits: Omit<RetryContext, 'clock' | 'random'>): Fetch {
  const { operationId, security } = operation;
  const { tokens, clock, random } = settings;
  const plain = withWholeBody(settings.fetch, operationId, limits.signal);
  const authorized = tokens === null || security.length === 0 ? plain : withBearer(plain, tokens, operationId);
  return withRetry(authorized, settings.retry, { clock, random, ...limits });
}
