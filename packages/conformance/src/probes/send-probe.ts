import { type Agent, type IncomingMessage, request } from 'node:http';
import { joinFieldLines } from '../exchange/exchange.ts';
import type { Probe, ProbeResponse } from './probe.ts';

/**
 * Sends the request of a probe as it is: field lines that stand twice are sent twice.
 *
 * @param origin of the server, for example `http://127.0.0.1:8080`
 * @throws {Error} of Node if the server does not answer
 */
export function sendProbe(origin: string, { request: probe }: Probe, agent?: Agent): Promise<ProbeResponse> {
  const { hostname, port, host } = new URL(origin);
  const { body, method, target } = probe;
  const length =
    body === undefined && bodyless.has(method) ? [] : [['content-length', String(body?.length ?? 0)] as const];
  const headers = [['host', host] as const, ...length, ...probe.headers].flat();
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path: target, headers, ...(agent && { agent }) };
    const outgoing = request(options, (incoming) => resolve(responseOf(incoming)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Of these Node sends no body by itself; to the others it would add an empty chunked one (RFC 9110 §8.6). */
const bodyless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

async function responseOf(incoming: IncomingMessage): Promise<ProbeResponse> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const lines = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value) => [name, value] as const),
  );
  return { status: incoming.statusCode ?? 0, headers: joinFieldLines(lines), body: Buffer.concat(chunks) };
}
