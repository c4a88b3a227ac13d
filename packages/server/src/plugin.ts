import type { AnyOperations, Contract, Operation, Principal } from '@contract-first/core';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import glue from 'fastify-openapi-glue';
import fp from 'fastify-plugin';
import { checkBoot } from './boot.ts';
import { type Sharing, shareWithOrigins } from './cors.ts';
import { exchangeKey } from './exchange.ts';
import { createFailures } from './failure.ts';
import { expectsContinue } from './http-message.ts';
import type { ContractOptions } from './options.ts';
import { createPathTable } from './path-table.ts';
import { createRoute, type RouteContext, type UntypedHandler } from './route.ts';
import { createRouting } from './routing.ts';
import { createSender, jsonApiErrors, type Sender } from './sending.ts';
import { failureStatusOf } from './status-set.ts';

/** The key in a route's `config` under which its operation can be found. */
const operationKey = 'operation';

/**
 * Makes the plugin that serves a contract: one route for each operation, wired by operationId, with every check that
 * the contract asks for, and nothing else.
 *
 * {@link createServer} registers it on an instance that has the settings which the checks rely on.
 *
 * @throws BootError when the plugin is registered, if handlers or authenticators do not fit the contract
 */
export function contractPlugin<Operations, P extends Principal>(
  options: ContractOptions<Operations, P>,
): FastifyPluginAsync {
  const contract = untyped(options.contract);
  const failures = createFailures(failureStatusOf(contract), options.problemOf);
  const sender = createSender({
    failures,
    errorBodies: options.errorBodies ?? jsonApiErrors,
    refuseViolations: options.contractViolations !== 'report',
    onContractViolation: options.onContractViolation ?? (() => undefined),
  });

  const plugin: FastifyPluginAsync = async (app) => {
    checkBoot({ contract, handlers: options.handlers, authenticators: options.authenticators });
    takeBytes(app);
    answerErrors(app, sender);
    app.decorateRequest(exchangeKey, null);
    app.addHook('onRequest', createRouting(createPathTable(contract), operationOf));
    app.addHook('preParsing', continueWhenExpected);
    if (options.corsOrigins?.length) shareReplies(app, shareWithOrigins(options.corsOrigins, contract));
    const context: RouteContext<P> = {
      authorization: { authenticators: options.authenticators, realm: options.realm ?? realmOf(contract) },
      admit: (await options.admission?.(app)) ?? (async () => undefined),
      admitPrincipal: (await options.principalAdmission?.(app)) ?? (async () => undefined),
      sender,
      failures,
    };
    await registerOperations(app, contract, handlersOf(options.handlers), context);
  };
  // Without a context of its own: routing and errors are those of the whole server.
  return fp(plugin, { fastify: '5.x', name: '@contract-first/server' });
}

async function registerOperations<P extends Principal>(
  app: FastifyInstance,
  contract: Contract<AnyOperations>,
  handlers: ReadonlyMap<string, UntypedHandler>,
  context: RouteContext<P>,
): Promise<void> {
  await app.register(glue, {
    specification: routingDocument(contract),
    prefix: contract.basePath,
    operationResolver: (operationId: string) => {
      const operation = contract.operations[operationId];
      const handler = handlers.get(operationId);
      if (operation === undefined || handler === undefined)
        throw new Error(`no handler for the operation ${operationId}`);
      const route = createRoute(operation, handler, context);
      const config: object = { operationId, [operationKey]: operation };
      const method = [...routeMethods(operation, contract)];
      // Fastify's own HEAD routes give a 304 a length.
      return { ...route, method, exposeHeadRoute: false, url: urlOf(operation.path), config };
    },
  });
}

/**
 * The document as far as glue is concerned: which operationId has which method and path. Schemas and security are
 * enforced by the routes themselves, before glue's own hooks would come.
 */
function routingDocument(contract: Contract<AnyOperations>): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { operationId, method, path, parameters } of Object.values(contract.operations)) {
    const pathParameters = parameters
      .filter((parameter) => parameter.in === 'path')
      .map(({ name }) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
    paths[path] = {
      ...paths[path],
      [method]: { operationId, parameters: pathParameters, responses: { default: { description: 'any' } } },
    };
  }
  return { openapi: '3.1.0', info: { title: contract.title, version: contract.version }, paths };
}

/** GET answers HEAD as well (RFC 9110 §9.3.2), unless the contract has an operation for that. */
function routeMethods({ method, path }: Operation, contract: Contract<AnyOperations>): readonly string[] {
  const hasOwnHead = Object.values(contract.operations).some((other) => other.path === path && other.method === 'head');
  return method === 'get' && !hasOwnHead ? ['GET', 'HEAD'] : [method.toUpperCase()];
}

/** Fastify's form of a path template. */
function urlOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** Bodies of every media type arrive as bytes; which types are taken has been decided by then. */
function takeBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
}

function shareReplies(app: FastifyInstance, sharing: Sharing): void {
  app.addHook('onSend', async ({ raw }, reply) => void reply.headers(sharing.headersFor(raw, reply.getHeaders())));
}

function answerErrors(app: FastifyInstance, sender: Sender): void {
  app.setErrorHandler((error, request, reply) => sender.sendError(request, reply, operationOf(request), error));
}

/** RFC 9110 §10.1.1: the client may send the body, since its headers were accepted, the announced length included. */
async function continueWhenExpected(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const isTooLarge = Number(request.headers['content-length'] ?? 0) > request.routeOptions.bodyLimit;
  if (expectsContinue(request.raw) && !isTooLarge) reply.raw.writeContinue();
}

/** The operation of a request's route; null where the request matched none. */
function operationOf({ routeOptions, is404 }: FastifyRequest): Operation | null {
  if (is404) return null;
  const operation: unknown = Reflect.get(routeOptions.config, operationKey);
  // Only registerOperations writes this key.
  return (operation as Operation | undefined) ?? null;
}

function realmOf({ title }: Contract<AnyOperations>): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The table is the same for every `Operations`, which is a type and no value. */
function untyped<Operations>(contract: Contract<Operations>): Contract<AnyOperations> {
  return contract as unknown as Contract<AnyOperations>;
}

/** The compiler has checked each handler against its operation; from here on they are looked up by name. */
function handlersOf(handlers: object): ReadonlyMap<string, UntypedHandler> {
  const isHandler = (entry: [string, unknown]): entry is [string, (request: unknown, reply: unknown) => unknown] =>
    typeof entry[1] === 'function';
  return new Map(Object.entries(handlers).filter(isHandler));
}
