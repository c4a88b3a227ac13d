import type { IncomingMessage } from 'node:http';
import {
  type Contract,
  createPaths,
  type Operation,
  operationFor,
  parseRequestTarget,
  untypedContract,
} from '@contract-first/core';

/** The operation that a request asks for, whatever becomes of it; null if it asks for none. */
export type OperationLookup = (request: Pick<IncomingMessage, 'method' | 'url'>) => Operation | null;

/** Names the operation of any request of `node:http`, for metrics and traces; of those too that are never routed. */
export function createOperationLookup<Operations>(contract: Contract<Operations>): OperationLookup {
  const paths = createPaths(untypedContract(contract));
  return ({ method = '', url = '' }) => {
    const match = paths.match(parseRequestTarget(url).path);
    return match && operationFor(match.item, method);
  };
}
