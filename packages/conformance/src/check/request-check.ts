import type { Operation } from '@contract-first/core';
import { parseRequestBody, requestMediaType } from '../exchange/body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { AnyContract } from './operations.ts';
import { decodeParameters, queryPairs } from './parameters.ts';

/** What of a request the contract refuses, one line each; empty if it is valid. */
export function checkRequest(contract: AnyContract, operation: Operation, exchange: Exchange): readonly string[] {
  return [
    ...checkParameters(contract, operation, exchange),
    ...checkQueryNames(operation, exchange),
    ...checkBody(operation, exchange),
  ];
}

function checkParameters(contract: AnyContract, operation: Operation, exchange: Exchange): readonly string[] {
  return decodeParameters(contract, operation, exchange).flatMap(({ parameter, given, value }) => {
    const name = `the ${parameter.in} parameter ${parameter.name}`;
    if (!given) return parameter.required ? [`${name} is missing`] : [];
    return parameter.validate(value).map(({ message }) => `${name} ${message}`);
  });
}

function checkQueryNames({ parameters }: Operation, { target }: Exchange): readonly string[] {
  const declared = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const unknown = queryPairs(target).filter(([name]) => !declared.includes(name));
  return unknown.map(([name]) => `the query parameter ${name} is not declared`);
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
