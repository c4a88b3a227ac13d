import { type Operation, responseKey } from '@contract-first/core';
import { type AnyContract, operationOf } from '../check/operations.ts';
import { isValid, readParameters } from '../check/parameters.ts';
import { parseBody, parseRequestBody, requestMediaType } from '../exchange/body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { type Node, type OpenApiDocument, requestSchema, responseSchema } from '../schema/document.ts';
import { matches } from '../schema/schema-validator.ts';
import { exchangeKey, headerKey, parameterKey, requestPrefix, responsePrefix, securityKey } from './cells.ts';
import { coveredKeys } from './schema-cells.ts';

/**
 * The ids of the cells that an exchange covers. Parts of a request count if they are valid, whatever the answer was.
 * HEAD counts for nothing, since its replies have no body.
 */
export function coveredCells(
  contract: AnyContract,
  document: OpenApiDocument,
  exchange: Exchange,
): ReadonlySet<string> {
  const operation = operationOf(contract, exchange.method, exchange.target);
  const status = operation && responseKey(operation, exchange.status);
  if (operation === null || status === null || exchange.method.toLowerCase() !== operation.method) return new Set();
  const keys = [
    ...coveredExchange(operation, status, exchange),
    ...coveredParameters(operation, exchange),
    ...Object.keys(operation.responses[status]?.headers ?? {})
      .filter((name) => exchange.responseHeaders[name] !== undefined)
      .map((name) => headerKey(status, name)),
    ...coveredRequestBody(document, operation, exchange),
    ...coveredResponseBody(document, operation, status, exchange),
    ...(exchange.security === null ? [] : [securityKey(exchange.security)]),
  ];
  return new Set(keys.map((key) => `${operation.operationId} ${key}`));
}

/** The media type of the request counts if the contract has it; a refused one covers nothing. */
function coveredExchange(
  { requestBody }: Operation,
  status: string,
  { requestHeaders, responseHeaders }: Exchange,
): readonly string[] {
  const contentType = requestHeaders['content-type'];
  const essence = contentType?.split(';', 1).join().trim().toLowerCase();
  const isNone = requestBody === null || essence === undefined;
  if (!isNone && !Object.hasOwn(requestBody.content, essence)) return [];
  return [exchangeKey(isNone ? null : essence, status, responseHeaders['content-type'] ?? null)];
}

function coveredParameters(operation: Operation, exchange: Exchange): readonly string[] {
  return readParameters(operation, exchange)
    .filter((reading) => !reading.given || isValid(reading))
    .map(({ given, parameter }) => parameterKey(parameter.in, parameter.name, given));
}

function coveredRequestBody(document: OpenApiDocument, operation: Operation, exchange: Exchange): readonly string[] {
  const mediaType = requestMediaType(exchange.requestHeaders['content-type']);
  if (mediaType === null || operation.requestBody === null || exchange.requestBody.length === 0) return [];
  const parsed = parseRequestBody(exchange.requestBody, mediaType);
  const node = requestSchema(document, operation, mediaType);
  return 'fault' in parsed ? [] : coveredBody(document, node, parsed.document, requestPrefix(mediaType));
}

function coveredResponseBody(
  document: OpenApiDocument,
  operation: Operation,
  status: string,
  { responseBody, responseHeaders }: Exchange,
): readonly string[] {
  const mediaType = responseHeaders['content-type'];
  if (mediaType === undefined || responseBody.length === 0) return [];
  const parsed = parseBody(responseBody, mediaType);
  const node = responseSchema(document, operation, status, mediaType);
  return 'fault' in parsed ? [] : coveredBody(document, node, parsed.document, responsePrefix(status, mediaType));
}

function coveredBody(document: OpenApiDocument, node: Node | null, body: unknown, prefix: string): readonly string[] {
  if (node === null || !matches(document, node, body)) return [];
  return coveredKeys(document, [node], body).map((key) => `${prefix} ${key}`);
}
