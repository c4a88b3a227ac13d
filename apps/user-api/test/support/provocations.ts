import { randomUUID } from 'node:crypto';
import { type Client, type ClientOptions, createClient } from '@contract-first/client';
import type { Contract } from '@contract-first/core';
import { TEST_USER } from '@contract-first/testing';
import type { operations } from '@user-api/contract';
import { linkedIdentityCheck } from '../../src/users/linked-identity.ts';
import { startService, type TestService, type TestServiceOptions } from './service.ts';

/** A reply as the client gives it. */
export interface ProvokedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The error document. */
  readonly error?: unknown;
}

interface Scene {
  readonly service: TestService;
  /** A client of the test user. */
  client(options?: Pick<ClientOptions, 'token' | 'fetch'>): Client<operations>;
  /** A client that sends what breaks the contract, too. */
  uncheckedClient(): Client<operations>;
}

interface Provocation {
  /** Of a service of its own; without it the caller's is used and left as it is. */
  readonly service?: TestServiceOptions;
  readonly call: (scene: Scene) => Promise<ProvokedReply>;
}

const path = { userId: TEST_USER };

function body(attributes: object = {}) {
  return { data: { type: 'User' as const, id: TEST_USER, attributes } };
}

/** How each documented error is brought about for real, by the name of its example. */
const provocations: Readonly<Record<string, Provocation>> = {
  invalidToken: {
    call: ({ client, service }) => client({ token: service.token({ exp: 1 }) }).GetUser({ path }),
  },
  missingLinkedIdentity: {
    service: {
      verifier: { checkClaims: linkedIdentityCheck({ identityProvider: 'third-party', claim: 'identity_provider' }) },
    },
    call: ({ client }) => client().GetUser({ path }),
  },
  insufficientScope: {
    call: ({ client, service }) =>
      client({ token: service.token({ scope: 'user:users:read' }) }).UpdateUser({ path, body: body() }),
  },
  readOnlyAttribute: {
    call: ({ client }) => client().UpdateUser({ path, body: body({ createdAt: '2000-01-01T00:00:00Z' }) }),
  },
  notFound: {
    call: ({ client, service }) => {
      const userId = randomUUID();
      return client({ token: service.token({ sub: userId }) }).GetUser({ path: { userId } });
    },
  },
  notAcceptable: {
    call: ({ client }) => client({ fetch: withHeader('accept', 'text/html') }).GetUser({ path }),
  },
  preconditionFailed: {
    call: ({ client }) => client().UpdateUser({ path, headers: { 'If-Match': '"999"' }, body: body() }),
  },
  contentTooLarge: {
    call: ({ uncheckedClient }) => uncheckedClient().UpdateUser({ path, body: body({ lastName: 'x'.repeat(70_000) }) }),
  },
  unsupportedMediaType: {
    call: ({ client }) =>
      client({ fetch: withHeader('content-type', 'application/json') }).UpdateUser({ path, body: body() }),
  },
  invalidDocument: {
    call: ({ uncheckedClient }) =>
      uncheckedClient().UpdateUser({ path, body: body({ email: 'nobody', firstname: 'John' }) }),
  },
  tooManyRequests: {
    service: { app: { rateLimit: 1 } },
    call: async ({ client }) => {
      await client().GetUser({ path });
      return client().GetUser({ path });
    },
  },
  internalError: {
    service: { wrapStore: (users) => ({ ...users, get: () => Promise.reject(new Error('provoked')) }) },
    call: ({ client }) => client().GetUser({ path }),
  },
  serviceUnavailable: {
    service: {},
    call: ({ client, service }) => {
      service.issuer.answers.keySet = 'unavailable';
      return client().GetUser({ path });
    },
  },
};

/** The names of the examples that can be provoked. */
export const provocable: readonly string[] = Object.keys(provocations);

export interface ProvokeOptions {
  readonly contract: Contract<operations>;
  /** Whether the client refuses replies that break the contract. */
  readonly checksReplies: boolean;
  readonly service: TestService;
}

/** Brings about the error of a documented example, by a client of the given contract against a real server. */
export async function provoke(name: string, options: ProvokeOptions): Promise<ProvokedReply> {
  const provocation = provocations[name];
  if (provocation === undefined) throw new Error(`Say in test/support/provocations.ts how ${name} comes about.`);
  if (provocation.service === undefined) return provocation.call(sceneOf(options));
  const service = await startService(provocation.service);
  try {
    return await provocation.call(sceneOf({ ...options, service }));
  } finally {
    await service.close();
  }
}

function sceneOf({ service, contract, checksReplies }: ProvokeOptions): Scene {
  const common = { baseUrl: baseUrl(service, contract), token: service.token(), retry: false as const };
  return {
    service,
    client: (options) =>
      createClient(contract, { ...common, ...options, validate: checksReplies ? 'both' : 'requests' }),
    uncheckedClient: () => createClient(contract, { ...common, validate: checksReplies ? 'responses' : false }),
  };
}

/** Where a contract says that the service is, which need not be where today's contract says so. */
export function baseUrl(
  { url }: Pick<TestService, 'url'>,
  { basePath }: Pick<Contract<operations>, 'basePath'>,
): string {
  return new URL(basePath, url).href;
}

function withHeader(name: string, value: string): NonNullable<ClientOptions['fetch']> {
  return (request) => {
    request.headers.set(name, value);
    return fetch(request);
  };
}
