import {
  type Operation,
  type Response,
  type ResponseHeader,
  responseFor,
  responseKey,
  serverStatuses,
} from '@contract-first/core';
import { isJson, parseBody } from '../exchange/body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { type OpenApiDocument, responseSchema } from '../schema/document.ts';
import { undeclaredMembers } from './closed.ts';
import { type AnyContract, nameOf, operationOf } from './operations.ts';
import { typed } from './parameters.ts';
import { checkRequest } from './request-check.ts';
import { checkServerReply } from './server-reply.ts';

export interface CheckOptions {
  /**
   * The statuses that the server may answer by itself, for any operation: faults of the HTTP message,
   * overload and outages.
   * @default 400, 405, 408, 412, 413, 414, 417, 429, 431, 503
   */
  readonly serverStatuses?: ReadonlySet<number>;
}

/**
 * Compares an exchange with the contract.
 *
 * @returns one line for each fault: the operation, its place in the document, what is wrong and what to do
 */
export function checkExchange(
  contract: AnyContract,
  document: OpenApiDocument,
  exchange: Exchange,
  options: CheckOptions = {},
): readonly string[] {
  const statuses = options.serverStatuses ?? serverStatuses;
  const operation = operationOf(contract, exchange.method, exchange.target);
  const isDeclared = operation !== null && responseKey(operation, exchange.status) !== null;
  const isServers = operation === null || (!isDeclared && statuses.has(exchange.status));
  const prefix = operation === null ? `${exchange.method || '(no method)'} without an operation` : nameOf(operation);
  const faults = isServers
    ? checkServerReply(contract, document, exchange, statuses)
    : checkOperation(document, operation, exchange);
  return faults.map((fault) => `${prefix}, status ${exchange.status}: ${fault}`);
}

function checkOperation(document: OpenApiDocument, operation: Operation, exchange: Exchange): readonly string[] {
  const response = responseFor(operation, exchange.status);
  if (response === null) return ['the status is not declared; declare it in responses, or answer another one'];
  const isSuccess = exchange.status >= 200 && exchange.status < 300;
  const refused = isSuccess ? checkRequest(operation, exchange) : [];
  return [
    ...refused.map((reason) => `${reason}, yet the request succeeded; refuse it with 4xx, or allow it in the contract`),
    ...checkHeaders(response, exchange),
    ...checkBody(document, operation, response, exchange),
  ];
}

/** Compares the headers of a reply with the declared ones (OAS 3.1 §4.8.21). */
export function checkHeaders(response: Response, { responseHeaders }: Exchange): readonly string[] {
  return Object.entries(response.headers).flatMap(([name, header]) => checkHeader(name, header, responseHeaders[name]));
}

function checkHeader(name: string, header: ResponseHeader, value: string | undefined): readonly string[] {
  if (value === undefined)
    return header.required ? [`the header ${name} is missing; send it, or declare it as optional`] : [];
  const violations = header.validate(typed(header.type, value));
  return violations.map(({ message }) => `the header ${name} ${message}; correct the header or its schema`);
}

function checkBody(
  document: OpenApiDocument,
  operation: Operation,
  response: Response,
  exchange: Exchange,
): readonly string[] {
  const { method, status, responseBody, responseHeaders } = exchange;
  const declared = Object.keys(response.content);
  const contentType = responseHeaders['content-type'];
  if (declared.length === 0) {
    const what = responseBody.length > 0 ? 'a body' : contentType === undefined ? null : `Content-Type ${contentType}`;
    return what === null ? [] : [`${what} was sent, but none is declared; leave it out, or declare content`];
  }
  if (contentType === undefined)
    return [`there is no Content-Type; answer one of ${declared.join(', ')}, or declare no content`];
  const schema = response.content[contentType];
  if (schema === undefined)
    return [`the media type ${contentType} is not declared; answer exactly one of ${declared.join(', ')}`];
  // RFC 9110 §9.3.2: the reply to HEAD has the header fields of the one to GET, and no content.
  if (method === 'HEAD') return responseBody.length > 0 ? ['a body was sent in reply to HEAD; leave it out'] : [];
  const parsed = parseBody(responseBody, contentType);
  if ('fault' in parsed) return [`the body is ${parsed.fault}; send a valid document`];
  const violations = schema.validate(parsed.document);
  const key = isJson(contentType) ? responseKey(operation, status) : null;
  const node = key === null ? null : responseSchema(document, operation, key, contentType);
  const undeclared = node === null ? [] : undeclaredMembers(document, [node], parsed.document);
  // A closed schema reports an unknown member without its name; the line with the name is worth more.
  const others = undeclared.length === 0 ? violations : violations.filter(({ keyword }) => !closing.has(keyword));
  return [
    ...others.map(
      ({ pointer, message }) => `the body at ${pointer || '/'} ${message}; correct the reply or the schema`,
    ),
    ...undeclared.map(
      (pointer) => `the body has the undeclared member ${pointer}; leave it out, or name it in properties`,
    ),
  ];
}

const closing: ReadonlySet<string> = new Set(['additionalProperties', 'unevaluatedProperties']);
