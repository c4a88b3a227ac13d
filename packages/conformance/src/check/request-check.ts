import type { Operation } from '@contract-first/core';
import { parseRequestBody, requestMediaType } from '../exchange/body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readParameters, readQuery } from './parameters.ts';

/** What of a request the contract refuses, one line each; empty if it is valid. */
export function checkRequest(operation: Operation, exchange: Exchange): readonly string[] {
  return [
    ...checkParameters(operation, exchange),
    ...checkQueryNames(operation, exchange),
    ...checkBody(operation, exchange),
  ];
}

function checkParameters(operation: Operation, exchange: Exchange): readonly string[] {
  return readParameters(operation, exchange).flatMap(({ parameter, given, value, fault }) => {
    const name = `the ${parameter.in} parameter ${parameter.name}`;
    if (!given) return parameter.required ? [`${name} is missing`] : [];
    if (fault !== null) return [`${name} ${fault}`];
    return parameter.validate(value).map(({ message }) => `${name} ${message}`);
  });
}

function checkQueryNames(operation: Operation, exchange: Exchange): readonly string[] {
  const { unknown, malformed } = readQuery(operation, exchange);
  return [...unknown, ...malformed].map((name) => `the query parameter ${name} is not declared`);
}

function checkBody({ requestBody }: Operation, { requestBody: bytes, requestHeaders }: Exchange): readonly string[] {
  if (requestBody === null) return [];
  if (bytes.length === 0) return requestBody.required ? ['the body is missing'] : [];
  const contentType = requestHeaders['content-type'];
  const mediaType = requestMediaType(contentType);
  const schema = mediaType === null ? undefined : requestBody.content[mediaType];
  if (mediaType === null || schema === undefined) return [`the media type ${contentType ?? '(none)'} is not declared`];
  const parsed = parseRequestBody(bytes, mediaType);
  if ('fault' in parsed) return [`the body is ${parsed.fault}`];
  return schema.validate(parsed.document).map(({ pointer, message }) => `the body at ${pointer || '/'} ${message}`);
}
