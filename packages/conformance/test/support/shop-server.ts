import { type AnyOperations, type Contract, InvalidTokenError, type Principal } from '@contract-first/core';
import { createServer } from '@contract-first/server';
import type { FastifyInstance } from 'fastify';
import type { ProbeEnvironment } from '../../src/index.ts';
import { compileShop, ITEM, ITEM_ID } from './shop.ts';

/** Tokens are `subject..scope~scope`; anything else is a foreign issuer's. */
export async function authenticate(token: string): Promise<Principal> {
  const [, subject, scopes] = /^(.+)\.\.(.*)$/.exec(token) ?? [];
  if (subject === undefined || scopes === undefined) throw new InvalidTokenError('not one of ours');
  return { subject, scopes: new Set(scopes.split('~')) };
}

export const environment: ProbeEnvironment = {
  tokens: {
    valid: (scopes) => `${ITEM_ID}..${scopes.join('~')}`,
    otherUser: (scopes) => `nobody..${scopes.join('~')}`,
    foreignIssuer: () => 'foreign-token',
  },
  bodyLimit: 2_048,
};

/** A server that is right if the contract that it is given is the one that it is tried with. */
export async function shopServer(
  contract?: Contract<AnyOperations>,
  breakIt: (app: FastifyInstance) => void = () => undefined,
): Promise<FastifyInstance> {
  // The handlers are written after the document and checked by their replies.
  const options: object = {
    contract: contract ?? (await compileShop()),
    bodyLimit: 2_048,
    authenticators: { Staff: authenticate, Partner: authenticate },
    handlers: { GetStatus: status, GetItem: getItem, SetItem: setItem },
  };
  const app = createServer(options as Parameters<typeof createServer>[0]);
  breakIt(app);
  return app;
}

type Handled = { path: { itemId: string }; body: unknown; errors: (problem: object) => unknown };
type Reply = Readonly<Record<number, (...args: unknown[]) => unknown>>;

const missing = {
  status: 404,
  code: 'not-found',
  title: 'Resource not found',
  detail: 'There is no resource at this address.',
};

const status = (_request: Handled, reply: Reply): unknown => reply[200]?.({ ok: true });

const getItem = ({ path, errors }: Handled, reply: Reply): unknown =>
  path.itemId === ITEM_ID ? reply[200]?.(ITEM, { 'X-Version': 1 }) : reply[404]?.(errors(missing));

const setItem = ({ path, errors, body }: Handled, reply: Reply): unknown =>
  path.itemId === ITEM_ID ? reply[200]?.(body) : reply[404]?.(errors(missing));
