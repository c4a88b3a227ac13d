import { readFile } from 'node:fs/promises';
import { compileContract } from '@contract-first/codegen';
import { type Contract, InvalidTokenError, type Principal } from '@contract-first/core';
import { createServer, type ErrorFormat, type ServerOptions } from '../../src/index.ts';

/** The operations of inventory.yaml, as far as the tests need their types. */
export interface InventoryOperations {
  readonly ListItems: { parameters: { query?: object }; responses: { 200: Body; 403: Body } };
  readonly CreateItem: {
    parameters: { query?: never };
    requestBody?: { content: { 'application/json': unknown } };
    responses: { 201: { headers: { Location: string } }; default: Body };
  };
  readonly GetItem: { parameters: { path: { itemNo: number }; query: { view: string } }; responses: { 204: Empty } };
  readonly GetLatestItem: { parameters: { query?: never }; responses: { 204: Empty } };
}

interface Body {
  headers: { [name: string]: unknown };
  content: { 'application/json': object };
}

interface Empty {
  headers: { [name: string]: unknown };
  content?: never;
}

type Options = ServerOptions<InventoryOperations>;

let compiled: Promise<Contract<InventoryOperations>> | undefined;

/** The contract of a service that is no JSON:API and has nothing to do with users. */
export async function inventoryContract(): Promise<Contract<InventoryOperations>> {
  // The interface above is written after the same document.
  compiled ??= readFile(new URL('inventory.yaml', import.meta.url), 'utf8').then((text) =>
    compileContract<InventoryOperations>(text),
  );
  return compiled;
}

/** Accepts `staff` with the scope, `partner`, and `guest` without scope. */
async function authenticate(token: string): Promise<Principal> {
  if (!['staff', 'partner', 'guest'].includes(token)) throw new InvalidTokenError('unknown');
  return { subject: token, scopes: new Set(token === 'staff' ? ['items:read'] : []) };
}

export const staffOnly = async (token: string): Promise<Principal> => {
  if (token === 'partner') throw new InvalidTokenError('not staff');
  return authenticate(token);
};

export const partnersOnly = async (token: string): Promise<Principal> => {
  if (token !== 'partner') throw new InvalidTokenError('not a partner');
  return authenticate(token);
};

const errorFormat: ErrorFormat = ({ requestId: request, problems }) => ({
  mediaType: 'application/json',
  body: { request, codes: problems.map(({ code, source }) => `${code} ${Object.values(source ?? {}).join()}`.trim()) },
});

export async function inventoryOptions(changes: Partial<Options> = {}): Promise<Options> {
  return {
    contract: await inventoryContract(),
    authenticators: { Staff: staffOnly, Partner: partnersOnly },
    errorFormat,
    handlers: {
      ListItems: ({ query, headers, principal }, reply) => reply[200]({ query, headers, subject: principal?.subject }),
      CreateItem: (_request, reply) => reply[201]({ Location: '/items/1' }),
      GetItem: (_request, reply) => reply[204](),
      GetLatestItem: (_request, reply) => reply[204](),
    },
    ...changes,
  };
}

export async function inventoryServer(changes: Partial<Options> = {}) {
  return createServer(await inventoryOptions(changes));
}
