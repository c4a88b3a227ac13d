import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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

interface Page {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
}

/**
 * Listens for those who run the service, on a port of its own that clients need not reach: `/livez` says that the
 * process answers, `/readyz` whether it can answer requests, `/metrics` has its numbers for Prometheus.
 *
 * @throws the error of `listen` if the port cannot be had
 */
export async function startAdminServer({ host, port, ...sources }: AdminServerOptions): Promise<AdminServer> {
  const pages = pagesOf(sources);
  const server = createServer(
    { requestTimeout: 5_000, headersTimeout: 5_000, maxHeaderSize: 8_192 },
    (request, response) => answer(pages, request, response),
  );
  server.listen(port, host);
  await once(server, 'listening');
  return { origin: originOf(server), close: () => close(server) };
}

type Pages = ReadonlyMap<string, () => Page | Promise<Page>>;

function pagesOf({ readiness, registry }: Pick<AdminServerOptions, 'readiness' | 'registry'>): Pages {
  return new Map<string, () => Page | Promise<Page>>([
    ['/livez', () => json(200, { status: 'live' })],
    [
      '/readyz',
      async () => {
        const notReady = await readiness.notReady();
        return notReady.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', notReady });
      },
    ],
    ['/metrics', async () => ({ status: 200, mediaType: registry.contentType, body: await registry.metrics() })],
  ]);
}

async function answer(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?', 1);
  const { status, mediaType, body } = await pageFor(pages, request.method, path);
  response.writeHead(status, {
    'content-type': mediaType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 && { allow: 'GET, HEAD' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function pageFor(pages: Pages, method: string | undefined, path: string): Promise<Page> {
  const page = pages.get(path);
  if (page === undefined) return json(404, { status: 'not found' });
  if (method !== 'GET' && method !== 'HEAD') return json(405, { status: 'method not allowed' });
  try {
    return await page();
  } catch {
    return json(500, { status: 'failed' });
  }
}

function json(status: number, body: object): Page {
  return { status, mediaType: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function originOf(server: Server): string {
  // A server that listens on a port has an AddressInfo.
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
