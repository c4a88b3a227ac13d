import { Agent } from 'node:http';
import { PassThrough } from 'node:stream';
import { type Authenticator, InvalidTokenError, type Principal, ProblemError, problem } from '@contract-first/core';
import { exchange, type ServiceRequest, type ServiceResponse } from '@contract-first/testing';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { type Admission, type ContractViolation, createServer, type ServerOptions } from '../../src/index.ts';
import { type ProfileAttributes, type ProfileOperations, profileContract } from './profile-contract.ts';
import { profileHandlers } from './profile-handlers.ts';
import { createProfileStore, type ProfileStore } from './profile-store.ts';

/** The profile that the tests are about, and the subject of its owner's tokens. */
export const PROFILE_ID = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

export const EXAMPLE_ATTRIBUTES = {
  displayName: 'John',
  motto: 'Smith',
  contact: 'user@example.com',
  mood: 'calm',
  timeZone: 'Europe/Berlin',
  place: { country: 'DE', locality: 'Karlsruhe', street: 'Haid-und-Neu-Straße', houseNo: '18', region: 'BW' },
} satisfies Omit<ProfileAttributes, 'createdAt'>;

const EXAMPLE_CREATED_AT = '2021-09-01T23:12:56Z';

/** What a token says of its sender. */
export interface TokenClaims {
  /** @default the owner of the profile */
  readonly sub?: string;
  /** Separated by blanks. @default reading and writing */
  readonly scope?: string | undefined;
  /** Whether authenticators refuse it. @default false */
  readonly isExpired?: boolean;
}

/** A server of profiles.yaml with real sockets; tokens are rows of a table and profiles are in memory. */
export interface TestService {
  readonly app: FastifyInstance;
  /** The API's URL, base path included. */
  readonly url: string;
  readonly profiles: ProfileStore;
  /** How often the store was called. */
  readonly storeCalls: { count: number };
  /** Every log line so far. */
  readonly logLines: readonly string[];
  /** Replies that broke the contract; `close` fails if there are any left. */
  readonly violations: ContractViolation[];
  token(claims?: TokenClaims): string;
  send(request?: ServiceRequest): Promise<ServiceResponse>;
  /** PATCH of the profile with the given attributes. */
  patch(attributes: unknown, request?: ServiceRequest): Promise<ServiceResponse>;
  close(): Promise<void>;
}

export interface TestServiceOptions {
  readonly server?: Partial<ServerOptions<ProfileOperations>>;
  /** Puts something between the handlers and the store. */
  readonly wrapStore?: (profiles: ProfileStore) => ProfileStore;
  /** Puts other authenticators in the place of the table. */
  readonly authenticators?: Readonly<Record<string, Authenticator>>;
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startService({
  server,
  wrapStore,
  authenticators,
}: TestServiceOptions = {}): Promise<TestService> {
  const contract = await profileContract();
  const profiles = createProfileStore();
  await profiles.import([exampleProfile()]);
  const storeCalls = { count: 0 };
  const logLines: string[] = [];
  const violations: ContractViolation[] = [];
  const tokens = tokenTable();
  const sink = new PassThrough().on('data', (chunk: Buffer) =>
    logLines.push(...chunk.toString('utf8').trimEnd().split('\n')),
  );
  const app = createServer({
    contract,
    handlers: profileHandlers(counted(wrapStore?.(profiles) ?? profiles, storeCalls)),
    authenticators: { OAuth2: tokens.authenticate, OIDC: tokens.authenticate, ...authenticators },
    logger: pino({ level: 'trace' }, sink),
    onContractViolation: (violation) => violations.push(violation),
    ...server,
  });
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}${contract.basePath}`;
  const agent = new Agent({ keepAlive: true });

  async function send(request: ServiceRequest = {}): Promise<ServiceResponse> {
    const credentials = request.token === undefined ? tokens.issue() : request.token;
    return exchange(agent, url + (request.path ?? `/profiles/${PROFILE_ID}`), request, credentials);
  }

  return {
    app,
    url,
    profiles,
    storeCalls,
    logLines,
    violations,
    token: tokens.issue,
    send,
    patch: (attributes, request = {}) => send({ method: 'PATCH', body: updateDocument(attributes), ...request }),
    async close() {
      agent.destroy();
      await app.close();
      if (violations.length > 0) throw new Error(`replies broke the contract: ${JSON.stringify(violations)}`);
    },
  };
}

/** Issues tokens and knows them again. */
function tokenTable(): { issue(claims?: TokenClaims): string; authenticate: Authenticator } {
  const issued = new Map<string, Principal>();
  return {
    issue({ sub = PROFILE_ID, isExpired = false, ...claims } = {}) {
      const token = `token.${isExpired ? 'expired' : 'good'}.${issued.size}`;
      const scope = 'scope' in claims ? (claims.scope ?? '') : 'profiles:read profiles:write';
      issued.set(token, { subject: sub, scopes: new Set(scope.split(' ')) });
      return token;
    },
    async authenticate(token) {
      const principal = issued.get(token);
      if (principal === undefined || token.includes('expired')) throw new InvalidTokenError('not in the table');
      return principal;
    },
  };
}

/** Counts what gets as far as the store. */
function counted(profiles: ProfileStore, calls: { count: number }): ProfileStore {
  return {
    ...profiles,
    get(id) {
      calls.count += 1;
      return profiles.get(id);
    },
    patch(...change) {
      calls.count += 1;
      return profiles.patch(...change);
    },
  };
}

/** Admits so many requests and turns away all others, as a rate limit does. */
export function admitting(count: number): () => Promise<Admission> {
  let admitted = 0;
  return async () => async () => {
    admitted += 1;
    if (admitted > count) throw new ProblemError(problem('tooManyRequests'), { headers: { 'retry-after': '60' } });
  };
}

export function exampleProfile(id: string = PROFILE_ID) {
  return { id, attributes: EXAMPLE_ATTRIBUTES, createdAt: EXAMPLE_CREATED_AT };
}

/** The document of an update of the profile. */
export function updateDocument(attributes: unknown, data: object = {}): object {
  return { data: { type: 'Profile', id: PROFILE_ID, attributes, ...data } };
}
