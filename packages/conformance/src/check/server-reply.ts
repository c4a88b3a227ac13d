import type { Operation } from '@contract-first/core';
import { parseBody } from '../exchange/body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { type Node, type OpenApiDocument, responseSchema } from '../schema/document.ts';
import { undeclaredMembers } from './closed.ts';
import { type AnyContract, allowedMethods, operationOf, operationsAt } from './operations.ts';
import { isValid, readParameters } from './parameters.ts';

/**
 * Checks a reply that no operation declares: to an address or a method that the contract does not have, or with one of
 * the server's own statuses. Its body has to be like the contract's error bodies.
 */
export function checkServerReply(
  contract: AnyContract,
  document: OpenApiDocument,
  exchange: Exchange,
  statuses: ReadonlySet<number>,
): readonly string[] {
  const operations = operationsAt(contract, exchange.target);
  if (exchange.method === 'OPTIONS' && operations.length > 0 && exchange.status < 300) {
    const body = exchange.responseBody.length > 0 ? ['a body was sent in reply to OPTIONS; leave it out'] : [];
    return [...checkAllow(contract, exchange), ...body];
  }
  const isNotFound = exchange.status === 404 && !namesResource(operations, exchange);
  if (!isNotFound && !statuses.has(exchange.status)) {
    return [`the contract has no such operation, and the status is none of the server's own; answer 404 or 405`];
  }
  const allow = exchange.status === 405 ? checkAllow(contract, exchange) : [];
  return [...allow, ...checkMethod(contract, exchange), ...checkErrorBody(contract, document, exchange)];
}

/** Whether the target is a path of the contract with parameters that their schemas take. */
function namesResource(operations: readonly Operation[], exchange: Exchange): boolean {
  const [operation] = operations;
  if (operation === undefined) return false;
  return readParameters(operation, exchange).every((reading) => reading.parameter.in !== 'path' || isValid(reading));
}

function checkMethod(contract: AnyContract, { method, status, target }: Exchange): readonly string[] {
  const isOffered = status === 405 && operationOf(contract, method, target) !== null;
  return isOffered ? [`the contract has ${method} for this path; serve it`] : [];
}

function checkAllow(contract: AnyContract, { responseHeaders, target }: Exchange): readonly string[] {
  const given = (responseHeaders['allow'] ?? '').split(',').map((method) => method.trim());
  const expected = allowedMethods(contract, target);
  const isSame = given.length === expected.length && expected.every((method) => given.includes(method));
  return isSame ? [] : [`the header allow must list exactly ${expected.join(', ')} (RFC 9110 §10.2.1)`];
}

function checkErrorBody(contract: AnyContract, document: OpenApiDocument, exchange: Exchange): readonly string[] {
  const contentType = exchange.responseHeaders['content-type'] ?? '';
  const schemas = errorContents(contract, document).filter(({ mediaType }) => mediaType === contentType);
  if (schemas.length === 0) return [`Content-Type ${contentType || '(none)'} is not one of the contract's errors`];
  if (exchange.method === 'HEAD') return [];
  const parsed = parseBody(exchange.responseBody, contentType);
  if ('fault' in parsed) return [`the body is ${parsed.fault}; send an error document of the contract`];
  const isValid = schemas.some(
    ({ node, isAccepted }) =>
      isAccepted(parsed.document) && undeclaredMembers(document, [node], parsed.document).length === 0,
  );
  return isValid ? [] : ['the body is none of the error documents of the contract; send one of them'];
}

interface ErrorContent {
  readonly mediaType: string;
  readonly node: Node;
  isAccepted(document: unknown): boolean;
}

/** The bodies of every declared error. */
function errorContents(contract: AnyContract, document: OpenApiDocument): readonly ErrorContent[] {
  return Object.values(contract.operations).flatMap((operation) =>
    Object.entries(operation.responses)
      .filter(([key]) => /^[45d]/.test(key))
      .flatMap(([key, { content }]) =>
        Object.entries(content).flatMap(([mediaType, { validate }]) => {
          const node = responseSchema(document, operation, key, mediaType);
          return node === null ? [] : [{ mediaType, node, isAccepted: (value) => validate(value).length === 0 }];
        }),
      ),
  );
}
