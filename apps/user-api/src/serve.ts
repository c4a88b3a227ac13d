import { join } from 'node:path';
import { createKeySet, createTokenVerifier, type KeySet } from '@contract-first/access-token';
import {
  type DevelopmentProvider,
  requestDevelopmentToken,
  startDevelopmentProvider,
} from '@contract-first/access-token/development';
import {
  type AdminServer,
  drainSteps,
  prepareShutdown,
  type ShutdownStep,
  startAdminServer,
} from '@contract-first/service';
import { contract } from '@user-api/contract';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Configuration } from './configuration/configuration.ts';
import { SERVICE_NAME } from './configuration/service-name.ts';
import { type Observation, type ObservedParts, observe } from './observation/observation.ts';
import { openUserStore } from './storage/open-user-store.ts';
import type { UserStore } from './storage/user-store.ts';
import { demoUser } from './users/demo-user.ts';
import { linkedIdentityCheck } from './users/linked-identity.ts';
import { welcome } from './users/welcome.ts';

/** What the service uses of its process. */
export interface ServeIo {
  readonly logger: Logger;
  /** Prints for people, besides the log. */
  readonly print: (text: string) => void;
}

/**
 * Runs the service until the process is told to stop. What was opened is closed again if a later step of the start
 * fails.
 *
 * @throws an error with a message for the operator if the service cannot start
 */
export async function serve(configuration: Configuration, io: ServeIo): Promise<void> {
  const closing: ShutdownStep[] = [];
  try {
    await start(configuration, io, closing);
  } catch (error) {
    for (const { run } of closing.toReversed()) await run();
    throw error;
  }
}

async function start(configuration: Configuration, { logger, print }: ServeIo, closing: ShutdownStep[]): Promise<void> {
  for (const warning of configuration.warnings) logger.warn(warning);
  const users = await openStorage(configuration, { logger, print });
  closing.push({ name: 'close the database', run: () => users.close() });
  const provider = await startProvider(configuration, logger);
  if (provider !== null) closing.push({ name: 'close the identity provider', run: () => provider.close() });
  const issuer = issuerOf(configuration, provider);
  const parts = { users, keySet: openKeySet(issuer, logger), logger };
  const observation = await observe(configuration, parts);
  closing.push({ name: 'deliver the spans', run: () => observation.tracing?.close() });
  const app = buildApp(configuration, issuer, { ...parts, ...observation });
  closing.push({ name: 'close the server', run: () => app.close() });
  await parts.keySet.refresh();
  if (provider !== null) await users.import([demoUser]);
  const origin = await listen(app, configuration);
  const admin = await openAdmin(configuration, observation, logger);
  if (admin !== null) closing.push({ name: 'close the admin server', run: () => admin.close() });
  prepareShutdown({
    steps: [
      ...drainSteps({ app, delay: configuration.drainDelay, drain: observation.readiness.drain }),
      ...closing.toReversed(),
    ],
    timeout: configuration.drainDelay + configuration.shutdownTimeout,
    logger,
  });
  if (provider !== null) print(await welcomeOf(origin, provider));
}

async function openStorage({ storage }: Configuration, { logger, print }: ServeIo): Promise<UserStore> {
  if (storage.kind === 'pglite')
    print(`Opening the database in ${storage.directory} (the first time takes some seconds) …`);
  const onConnectionError = (error: Error): void => logger.warn({ err: error }, 'an idle database connection was lost');
  const users = await openUserStore(storage, { onConnectionError });
  const { name, survivesPowerLoss } = users.engine;
  if (!survivesPowerLoss) logger.warn(`${name} survives a kill of the process, but not a loss of power`);
  return users;
}

async function startProvider(
  { identityProvider, host, audience, mode }: Configuration,
  logger: Logger,
): Promise<DevelopmentProvider | null> {
  if (identityProvider.kind === 'external') return null;
  if (!isLoopback(host)) logger.warn('the development identity provider lets everybody on this machine in as anybody');
  const address = { host: '127.0.0.1', port: identityProvider.port };
  const started = startDevelopmentProvider({
    ...address,
    name: SERVICE_NAME,
    suggestedSubject: demoUser.id,
    keysFile: join(identityProvider.directory, 'development-keys.json'),
    audience,
    scopes: scopesOf(contract.operations),
    environment: mode,
    onError: (error) => logger.error({ err: error }, 'the development identity provider failed'),
  });
  return started.catch((cause: unknown) => {
    throw portError(cause, address, 'DEVELOPMENT_ISSUER_PORT');
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

type Operations = typeof contract.operations;

/** Every scope that the contract names. */
function scopesOf(operations: Operations): readonly string[] {
  const scopes = Object.values(operations).flatMap(({ security, owner }) => [
    ...security.flatMap((alternative) => Object.values(alternative).flat()),
    ...(owner?.unlessScope ? [owner.unlessScope] : []),
  ]);
  return [...new Set(scopes)];
}

function issuerOf({ identityProvider }: Configuration, provider: DevelopmentProvider | null): string {
  if (identityProvider.kind === 'external') return identityProvider.issuer;
  if (provider === null) throw new TypeError('the development identity provider was not started');
  return provider.issuer;
}

function openKeySet(issuer: string, logger: Logger): KeySet {
  return createKeySet({
    issuer,
    fetch,
    now: () => performance.now(),
    onFailure: (error) => logger.error({ err: error }, "the identity provider's keys could not be loaded"),
  });
}

function buildApp(configuration: Configuration, issuer: string, parts: ObservedParts & Observation): FastifyInstance {
  const { audience, tokenProfile, clockTolerance, requiredIdentityProvider, identityProviderClaim } = configuration;
  const { users, keySet, logger, metrics, tracing, readiness } = parts;
  const authenticate = createTokenVerifier({
    issuer,
    audience,
    keySet,
    tokenProfile,
    clockTolerance,
    now: Date.now,
    checkClaims: linkedIdentityCheck({ identityProvider: requiredIdentityProvider, claim: identityProviderClaim }),
    onLookup: metrics.onTokenLookup,
  });
  return createApp({
    users,
    // Both schemes carry the same tokens.
    authenticators: { OAuth2: authenticate, OIDC: authenticate },
    logger,
    ...limitsOf(configuration),
    trustProxy: configuration.trustProxy,
    corsOrigins: configuration.corsOrigins,
    contractViolations: configuration.contractViolations,
    onContractViolation: metrics.onContractViolation,
    onShed: metrics.onShed,
    observers: [metrics.exchanges, ...(tracing === null ? [] : [tracing.exchanges])],
    isDraining: readiness.isDraining,
  });
}

function limitsOf(configuration: Configuration) {
  const { rateLimit, rateLimitSubject, maxInFlight, maxDatabaseQueue, maxEventLoopDelay } = configuration;
  const { bodyLimit, requestTimeout } = configuration;
  return { rateLimit, rateLimitSubject, maxInFlight, maxDatabaseQueue, maxEventLoopDelay, bodyLimit, requestTimeout };
}

async function listen(app: FastifyInstance, address: Configuration): Promise<string> {
  try {
    return await app.listen({ host: address.host, port: address.port });
  } catch (cause) {
    throw portError(cause, address, 'PORT');
  }
}

async function openAdmin(
  { admin: address, mode }: Configuration,
  { readiness, metrics: { registry } }: Observation,
  logger: Logger,
): Promise<AdminServer | null> {
  if (address === null) {
    if (mode === 'production') logger.warn('ADMIN_PORT is not set: there are no health checks and no metrics');
    return null;
  }
  try {
    const admin = await startAdminServer({ ...address, readiness, registry });
    logger.info(`health checks and metrics at ${admin.origin}`);
    return admin;
  } catch (cause) {
    throw portError(cause, address, 'ADMIN_PORT');
  }
}

function portError(cause: unknown, { host, port }: { host: string; port: number }, variable: string): unknown {
  const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  if (!isTaken) return cause;
  return new Error(`port ${port} of ${host} is in use: stop what uses it, or set ${variable} to another one`, {
    cause,
  });
}

async function welcomeOf(origin: string, { issuer }: DevelopmentProvider): Promise<string> {
  const scope = 'user:users:read user:users:write';
  return welcome(
    origin,
    await requestDevelopmentToken({ name: SERVICE_NAME, issuer, fetch, sub: demoUser.id, scope, ttl: 3600 }),
  );
}
