import fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Readiness } from './readiness.ts';

export interface AdminServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly readiness: Readiness;
  readonly registry: Registry;
}

export interface AdminServer {
  /** `http://host:port` */
  readonly origin: string;
  close(): Promise<void>;
}

const METHODS = ['GET', 'HEAD'];

/**
 * Listens for those who run the service, on a port of its own that clients need not reach: `/livez` says that the
 * process answers, `/readyz` whether it can answer requests, `/metrics` has its numbers for Prometheus.
 *
 * @throws the error of `listen` if the port cannot be had
 */
export async function startAdminServer({ host, port, ...sources }: AdminServerOptions): Promise<AdminServer> {
  const app = fastify({ requestTimeout: 5_000, forceCloseConnections: true, http: { maxHeaderSize: 8_192 } });
  addPages(app, sources);
  return { origin: await app.listen({ host, port }), close: () => app.close() };
}

function addPages(app: FastifyInstance, { readiness, registry }: Pick<AdminServerOptions, 'readiness' | 'registry'>) {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });
  app.get('/livez', async () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    const notReady = await readiness.notReady();
    if (notReady.length === 0) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', notReady });
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  app.setNotFoundHandler((request, reply) => {
    const isPage = app.hasRoute({ url: request.url.split('?', 1)[0] ?? '', method: 'GET' });
    if (!isPage) return reply.code(404).send({ status: 'not found' });
    return reply.code(405).header('allow', METHODS.join(', ')).send({ status: 'method not allowed' });
  });
  app.setErrorHandler((_error, _request, reply) => reply.code(500).send({ status: 'failed' }));
}
