import { Agent } from 'node:http';
import { PassThrough } from 'node:stream';
import { createKeySet, createTokenVerifier, type TokenVerifierOptions } from '@contract-first/access-token';
import { createRecorder, type Recorder, recordExchanges } from '@contract-first/conformance';
import type { Authenticator } from '@contract-first/core';
import type { ContractViolation } from '@contract-first/server';
import { createLogger, createMetrics } from '@contract-first/service';
import {
  exchange,
  type ServiceRequest,
  type ServiceResponse,
  startIssuer,
  TEST_USER,
  type TestIssuer,
} from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { document } from '@user-api/contract/document';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, createApp } from '../../src/app.ts';
import type { UserStore } from '../../src/storage/user-store.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { watchPrivacy } from './privacy.ts';
import type { AttributeName } from './user-arbitraries.ts';
import { userPath } from './user-path.ts';

/** Where the coverage of the contract is gathered. */
const COVERAGE = new URL('../../.reports/coverage/', import.meta.url).pathname;

export const JSON_API = 'application/vnd.api+json';

/** The record of the published examples, as the demo user has it. */
export const EXAMPLE_ATTRIBUTES = {
  firstName: 'John',
  lastName: 'Smith',
  email: 'user@example.com',
  phoneNumber: '+1 (425) 555-1212',
  pictureUrl: 'https://api.pace.cloud/user/img/uztqwenbqw87t123jhg87t6876',
  gender: 'male',
  birthDate: '1997-07-21',
  address: {
    country: 'DE',
    locality: 'Karlsruhe',
    street: 'Haid-und-Neu-Straße',
    houseNo: '18',
    additionalAddressLink: 'z.H. John Smith',
    region: 'BW',
    postalCode: '76131',
  },
  locale: 'de-DE',
  zoneInfo: 'Europe/Berlin',
} satisfies Record<AttributeName, unknown>;

export const EXAMPLE_CREATED_AT = '2021-09-01T23:12:56Z';

/** The whole service with real parts: sockets, tokens, database. */
export interface TestService {
  readonly app: FastifyInstance;
  /** The API's URL, base path included. */
  readonly url: string;
  readonly issuer: TestIssuer;
  readonly users: UserStore;
  /** How often the store was called. */
  readonly storeCalls: { count: number };
  /** Every log line so far. */
  readonly logLines: readonly string[];
  /** Replies that broke the contract; `close` fails if there are any left, or if log or metrics break rule A25. */
  readonly violations: ContractViolation[];
  token(claims?: object, header?: object): string;
  send(request?: ServiceRequest): Promise<ServiceResponse>;
  /** PATCH of the test user with the given attributes. */
  patch(attributes: unknown, request?: ServiceRequest): Promise<ServiceResponse>;
  close(): Promise<void>;
}

export interface TestServiceOptions {
  /** That of another instance, with what is in it. @default an empty one with the test user's record */
  readonly database?: TestDatabase;
  readonly app?: Partial<AppOptions>;
  readonly verifier?: Partial<TokenVerifierOptions>;
  /** Puts something between the handlers and the store. */
  readonly wrapStore?: (users: UserStore) => UserStore;
  /** Puts other authenticators in the place of the real one. */
  readonly authenticators?: (authenticate: Authenticator) => Partial<AppOptions['authenticators']>;
}

/** Starts the service on a free port of 127.0.0.1. */
export async function startService({
  app: appOptions,
  verifier,
  wrapStore,
  authenticators,
  database: given,
}: TestServiceOptions = {}): Promise<TestService> {
  const [issuer, database] = await Promise.all([startIssuer(), given ?? openTestDatabase()]);
  if (given === undefined) await database.users.import([exampleUser()]);
  const storeCalls = { count: 0 };
  const keySet = createKeySet({ issuer: issuer.issuer, fetch, now: () => performance.now() });
  const lines: string[] = [];
  const violations: ContractViolation[] = [];
  const sink = new PassThrough().on('data', (chunk: Buffer) =>
    lines.push(...chunk.toString('utf8').trimEnd().split('\n')),
  );
  const faults: string[] = [];
  const metrics = createMetrics(contract);
  const privacy = watchPrivacy([EXAMPLE_ATTRIBUTES, TEST_USER]);
  const recorder = createRecorder(contract, document, { onExchange: (_exchange, found) => faults.push(...found) });
  const authenticate = createTokenVerifier({
    issuer: issuer.issuer,
    audience: issuer.audience,
    keySet,
    tokenProfile: 'rfc9068',
    clockTolerance: 5,
    now: Date.now,
    ...verifier,
  });
  const app = createApp({
    users: counted((wrapStore ?? ((users) => users))(database.users), storeCalls),
    authenticators: watched(recorder, { OAuth2: authenticate, OIDC: authenticate, ...authenticators?.(authenticate) }),
    logger: createLogger('trace', sink),
    rateLimit: 0,
    bodyLimit: 65_536,
    requestTimeout: 30_000,
    trustProxy: [],
    contractViolations: 'refuse',
    onContractViolation: (violation) => violations.push(violation),
    ...appOptions,
    observers: [metrics.exchanges, ...(appOptions?.observers ?? [])],
  });
  recordExchanges(app, recorder);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true });
  const url = `${origin}${contract.basePath}`;
  const token = (claims: object = {}, header: object = {}): string => issuer.token(claims, header);

  async function sendRequest(request: ServiceRequest = {}): Promise<ServiceResponse> {
    const credentials = request.token === undefined ? token() : request.token;
    const path = request.path ?? userPath();
    privacy.onRequest(path, request.body);
    return exchange(agent, url + path, request, credentials);
  }

  return {
    app,
    url,
    issuer,
    users: database.users,
    storeCalls,
    logLines: lines,
    violations,
    token,
    send: sendRequest,
    patch: (attributes, request = {}) => sendRequest({ method: 'PATCH', body: updateDocument(attributes), ...request }),
    async close() {
      agent.destroy();
      await app.close();
      await Promise.all([issuer.close(), database.close()]);
      await recorder.flush(COVERAGE);
      if (violations.length > 0) throw new Error(contractBroken(violations));
      if (faults.length > 0) throw new Error(`exchanges broke the contract:\n${faults.join('\n')}`);
      const leaks = [
        // A birth date may be that of the run.
        ...privacy.faults('the log lines', lines.join('\n').replaceAll(/"time":"[^"]*"/g, ''), issuer.issued),
        ...privacy.faults('the metrics', await metrics.registry.metrics(), issuer.issued),
      ];
      if (leaks.length > 0) throw new Error(`A25 is broken:\n${leaks.slice(0, 5).join('\n')}`);
    },
  };
}

function contractBroken(violations: readonly ContractViolation[]): string {
  const operations: Readonly<Record<string, { readonly location: string }>> = contract.operations;
  const lines = violations.flatMap(({ operationId, status, faults }) =>
    faults.map((fault) => `${operations[operationId]?.location} ${operationId} ${status}: ${fault}`),
  );
  return `Replies broke the contract. Mend the handler, or declare in the contract what it sends:\n${[...new Set(lines)].join('\n')}`;
}

export function exampleUser(id: string = TEST_USER) {
  return { id, attributes: EXAMPLE_ATTRIBUTES, createdAt: new Date(EXAMPLE_CREATED_AT) };
}

/** The document of an update of the test user. */
export function updateDocument(attributes: unknown, data: object = {}): object {
  return { data: { type: 'User', id: TEST_USER, attributes, ...data } };
}

/** The same authenticators, whose acceptances the recorder learns of. */
function watched(recorder: Recorder, authenticators: AppOptions['authenticators']): AppOptions['authenticators'] {
  return { ...authenticators, ...recorder.watch(authenticators) };
}

function counted(users: UserStore, calls: { count: number }): UserStore {
  const count =
    <Args extends unknown[], Result>(method: (...args: Args) => Result) =>
    (...args: Args): Result => {
      calls.count += 1;
      return method(...args);
    };
  return {
    ...users,
    get: count((...args: Parameters<UserStore['get']>) => users.get(...args)),
    patch: count((...args: Parameters<UserStore['patch']>) => users.patch(...args)),
  };
}
