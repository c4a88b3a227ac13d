import type { AnyOperations, Contract, Operation, Principal } from '@contract-first/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import glue from 'fastify-openapi-glue';
import { createRoute, type RouteContext, type UntypedHandler } from './route.ts';

/** The key in a route's `config` under which its operation can be found. */
const operationKey = 'operation';

/**
 * Registers one route for each operation, by operationId.
 *
 * @param prefix what stands before the paths, besides the prefix of `app`
 */
export async function registerOperations<P extends Principal>(
  app: FastifyInstance,
  contract: Contract<AnyOperations>,
  prefix: string,
  handlers: ReadonlyMap<string, UntypedHandler>,
  context: RouteContext<P>,
): Promise<void> {
  await app.register(glue, {
    specification: routingDocument(contract),
    prefix,
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
  const hasHead = Object.values(contract.operations).some((other) => other.path === path && other.method === 'head');
  return method === 'get' && !hasHead ? ['GET', 'HEAD'] : [method.toUpperCase()];
}

/** Fastify's form of a path template. */
function urlOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** The operation of a request's route; null where the request matched none. */
export function operationOf({ routeOptions, is404 }: FastifyRequest): Operation | null {
  if (is404) return null;
  const operation: unknown = Reflect.get(routeOptions.config, operationKey);
  // Only registerOperations writes this key.
  return (operation as Operation | undefined) ?? null;
}
