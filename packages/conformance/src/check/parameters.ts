import {
  decodeValue,
  type Operation,
  type ParameterReader,
  type ParameterReading,
  type ParameterType,
  parameterReader,
  parseRequestTarget,
  type QueryReading,
} from '@contract-first/core';
import type { Exchange } from '../exchange/exchange.ts';
import { memo } from '../schema/memo.ts';

const readerOf: (operation: Operation) => ParameterReader = memo(parameterReader);

/** Reads the declared parameters of a request (OAS 3.1 §4.8.12). */
export function readParameters(operation: Operation, exchange: Exchange): readonly ParameterReading[] {
  const reader = readerOf(operation);
  const fields = exchange.rawRequestHeaders.flat();
  return [
    ...reader.path(parseRequestTarget(exchange.target).path),
    ...readQuery(operation, exchange).parameters,
    ...reader.headers(fields),
    ...reader.cookies(fields),
  ];
}

export function readQuery(operation: Operation, { target }: Exchange): QueryReading {
  return readerOf(operation).query(parseRequestTarget(target).query);
}

/** Whether a parameter is there with a value that its schema takes. */
export function isValid({ parameter, given, value, fault }: ParameterReading): boolean {
  return given && fault === null && parameter.validate(value).length === 0;
}

/** Converts a text to the type of its parameter or header; what cannot be converted stays a text. */
export function typed(type: ParameterType, text: string): unknown {
  return decodeValue(type, text);
}
