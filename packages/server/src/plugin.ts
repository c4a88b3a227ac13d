import {
  type AnyOperations,
  type Contract,
  createPaths,
  invalidRequestStatus,
  type Paths,
  type Principal,
  untypedContract,
} from '@contract-first/core';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { checkBoot } from './boot.ts';
import { type Sharing, shareWithOrigins } from './cors.ts';
import { defaultErrorFormat } from './error-format.ts';
import { refusalOfMethod } from './http-parser.ts';
import { operationOf, registerOperations } from './operation-routes.ts';
import type { ContractOptions } from './options.ts';
import { acceptedHeadKey, type RouteContext, type UntypedHandler } from './route.ts';
import { createRouting } from './routing.ts';
import { createSender, type Sender } from './sending.ts';

const NAME = '@contract-first/server';

/**
 * Makes the plugin that serves a contract beside other routes of a Fastify instance: one route for each operation, wired
 * by operationId, with every check that the contract asks for.
 *
 *     app.register(contractPlugin({ contract, handlers, authenticators }), { prefix: '/v2' });
 *
 * Everything below the contract's base path, behind the prefix that it is registered with, belongs to the contract: 404,
 * 405, OPTIONS, error documents, body parsers, hooks. Nothing else of the host changes. A contract without a base path
 * that is registered without a prefix has the whole host, which then must not have a 404 handler of its own.
 *
 * What concerns the listener belongs to {@link createServer} alone: replies to bytes that Node's HTTP parser refuses, the
 * order of pipelined requests, overload, expectations (`Expect`), limits, request ids, targets that the router cannot
 * decode or whose parameters are longer than the host's `maxParamLength`.
 *
 * @throws BootError when the plugin is registered, if handlers or authenticators do not fit the contract
 */
export function contractPlugin<Operations, P extends Principal, Schemes extends string>(
  options: ContractOptions<Operations, P, Schemes>,
): FastifyPluginAsync {
  const { basePath } = options.contract;

  const plugin: FastifyPluginAsync = async (host) => {
    const paths = createPaths(untypedContract(options.contract), host.prefix);
    await host.register(
      async (app) => {
        // Makes the 404s below the prefix pass through the routing of the contract, which answers them.
        app.setNotFoundHandler(() => {
          throw refusalOfMethod(undefined);
        });
        await serveContract(app, options, paths, '');
      },
      { prefix: basePath },
    );
  };
  return fp(plugin, { fastify: '5.x', name: NAME, encapsulate: true });
}

/** Makes the plugin that serves a contract and nothing else: routing and errors are those of the whole server. */
export function wholeServerPlugin<Operations, P extends Principal, Schemes extends string>(
  options: ContractOptions<Operations, P, Schemes>,
  paths: Paths,
): FastifyPluginAsync {
  return fp(async (app: FastifyInstance) => serveContract(app, options, paths, options.contract.basePath), {
    fastify: '5.x',
    name: NAME,
  });
}

async function serveContract<Operations, P extends Principal, Schemes extends string>(
  app: FastifyInstance,
  options: ContractOptions<Operations, P, Schemes>,
  paths: Paths,
  prefix: string,
): Promise<void> {
  const contract = untypedContract(options.contract);
  const operations = Object.values(contract.operations);
  const errorFormat = options.errorFormat ?? defaultErrorFormat(operations);
  const sender = createSender({
    operations,
    errorFormat,
    refuseViolations: options.contractViolations !== 'report',
    onContractViolation: options.onContractViolation ?? (() => undefined),
  });
  const { handlers, authenticators, undeclaredErrors = 'allow' } = options;
  const invalidStatus = options.invalidRequestStatus ?? invalidRequestStatus(operations);
  checkBoot({ contract, handlers, authenticators, errorFormat, invalidRequestStatus: invalidStatus, undeclaredErrors });
  parseBodiesAsBytes(app);
  answerErrors(app, sender);
  app.decorateRequest(acceptedHeadKey, null);
  app.addHook('onRequest', createRouting(paths, operationOf));
  if (options.corsOrigins?.length) shareReplies(app, shareWithOrigins(options.corsOrigins, contract));
  const context: RouteContext<P> = {
    authorization: { authenticators: options.authenticators, realm: options.realm ?? realmOf(contract) },
    admit: (await options.admission?.(app)) ?? (async () => undefined),
    admitPrincipal: (await options.principalAdmission?.(app)) ?? (async () => undefined),
    errorFormat,
    invalidRequestStatus: invalidStatus,
    sender,
    problemOf: options.problemOf ?? (() => null),
  };
  await registerOperations(app, contract, prefix, handlersOf(options.handlers), context);
}

/** Bodies of every media type arrive as bytes; which types are taken has been decided by then. */
function parseBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
}

function shareReplies(app: FastifyInstance, sharing: Sharing): void {
  app.addHook('onSend', async ({ raw }, reply: FastifyReply) => {
    reply.headers(sharing.headersFor(raw, reply.getHeaders()));
  });
}

function answerErrors(app: FastifyInstance, sender: Sender): void {
  app.setErrorHandler((error, request, reply) => sender.sendError(request, reply, operationOf(request), error));
}

function realmOf({ title }: Contract<AnyOperations>): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The compiler has checked each handler against its operation; from here on they are looked up by name. */
function handlersOf(handlers: object): ReadonlyMap<string, UntypedHandler> {
  const isHandler = (entry: [string, unknown]): entry is [string, (request: unknown, reply: unknown) => unknown] =>
    typeof entry[1] === 'function';
  return new Map(Object.entries(handlers).filter(isHandler));
}
