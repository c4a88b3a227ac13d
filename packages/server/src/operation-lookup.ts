import type { IncomingMessage } from 'node:http';
import type { AnyOperations, Contract, Operation } from '@contract-first/core';
import { createPathTable } from './path-table.ts';
import { parseRequestTarget } from './request-target.ts';

/** The operation that a request asks for, whatever becomes of it; null if it asks for none. */
export type OperationLookup = (request: Pick<IncomingMessage, 'method' | 'url'>) => Operation | null;

/** Names the operation of any request of `node:http`, for metrics and traces; of those too that are never routed. */
export function createOperationLookup<Operations>(contract: Contract<Operations>): OperationLookup {
  // `Operations` is a type and no value: the table is the same.
  const paths = createPathTable(contract as unknown as Contract<AnyOperations>);
  return ({ method = '', url = '' }) => {
    const operations = paths(parseRequestTarget(url).path)?.operations ?? [];
    const offered = (name: string): Operation | undefined => operations.find((operation) => operation.method === name);
    const name = method.toLowerCase();
    // GET answers HEAD as well (RFC 9110 §9.3.2).
    return offered(name) ?? (name === 'head' ? offered('get') : undefined) ?? null;
  };
}
