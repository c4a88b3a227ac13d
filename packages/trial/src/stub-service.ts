import {
  type AnyOperations,
  type Contract,
  InvalidTokenError,
  type Operation,
  type Principal,
} from '@contract-first/core';
import { createServer, type ErrorFormat } from '@contract-first/server';
import type { FastifyInstance } from 'fastify';
import { isSame } from './json-equality.ts';

/** What a stub handler answers. */
export interface StubReply {
  /** The key of the response: a status, a range or `default`. */
  readonly key: string;
  readonly status: number;
  /** undefined without a body. */
  readonly body: unknown;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What a stub handler was called with. */
export interface Received {
  readonly path: object;
  readonly query: object;
  readonly headers: object;
  readonly cookies: object;
  readonly body: unknown;
}

/** What there is at other places than the one of the resource. */
export interface Elsewhere {
  /** The path parameters of the resource. */
  readonly path: object;
  readonly reply: StubReply;
}

export interface StubService {
  readonly app: FastifyInstance;
  /**
   * Gives the handler of an operation its next answers, all the same.
   *
   * @param elsewhere where the resource is, and what is answered for all others
   */
  answer(operationId: string, reply: StubReply, elsewhere?: Elsewhere): void;
  /** What the last call of a handler was made with; null if there was none since the last time that somebody asked. */
  takeReceived(): Received | null;
  /** Replies that broke the contract. */
  readonly violations: readonly string[];
}

/** A token that the stub service accepts. */
export function stubToken(subject: string, scopes: readonly string[]): string {
  return `${Buffer.from(subject).toString('base64url')}..${Buffer.from(scopes.join(' ')).toString('base64url')}`;
}

async function authenticate(token: string): Promise<Principal> {
  const [, subject, scopes] = /^([\w-]*)\.\.([\w-]*)$/.exec(token) ?? [];
  if (subject === undefined || scopes === undefined) throw new InvalidTokenError('not one of ours');
  const text = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');
  return { subject: text(subject), scopes: new Set(text(scopes).split(' ')) };
}

/**
 * A server whose handlers answer what they are given.
 *
 * @param errorFormat of a contract whose errors are of its own kind
 */
export function stubService(contract: Contract<AnyOperations>, errorFormat?: ErrorFormat): StubService {
  const answers = new Map<string, { readonly reply: StubReply; readonly elsewhere: Elsewhere | undefined }>();
  const violations: string[] = [];
  let received: Received | null = null;
  const handlers = Object.values(contract.operations).map(({ operationId }: Operation) => [
    operationId,
    (request: Received, methods: Readonly<Record<string, (...args: unknown[]) => unknown>>) => {
      received = request;
      const answer = answers.get(operationId);
      if (answer === undefined) throw new Error(`no answer was given to ${operationId}`);
      const { elsewhere } = answer;
      const isElsewhere = elsewhere !== undefined && !isSame(request.path, elsewhere.path);
      const reply = isElsewhere ? elsewhere.reply : answer.reply;
      const status = /^\d+$/.test(reply.key) ? [] : [reply.status];
      const body = reply.body === undefined ? [] : [reply.body];
      return methods[reply.key]?.(...status, ...body, reply.headers);
    },
  ]);
  const options: object = {
    contract,
    handlers: Object.fromEntries(handlers),
    authenticators: Object.fromEntries(Object.keys(contract.securitySchemes).map((name) => [name, authenticate])),
    onContractViolation: ({ faults }: { readonly faults: readonly string[] }) => violations.push(...faults),
    ...(errorFormat && { errorFormat }),
  };
  return {
    // The types of a contract that is compiled at run time are not known; what handlers answer is checked when they do.
    app: createServer(options as Parameters<typeof createServer>[0]),
    violations,
    answer: (operationId, reply, elsewhere) => void answers.set(operationId, { reply, elsewhere }),
    takeReceived() {
      const last = received;
      received = null;
      return last;
    },
  };
}
