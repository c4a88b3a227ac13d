import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  /** By lower-case name; every line of it, so that a header which was sent twice shows. */
  readonly headers: Readonly<Record<string, string[]>>;
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** Answers requests on 127.0.0.1 until the test is over. The answer gets the number of the request, from 1. */
export async function serve(
  answer: (response: ServerResponse, seen: Seen, count: number) => void,
): Promise<TestServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const one = await record(request);
    seen.push(one);
    answer(response, one, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

async function record(request: IncomingMessage): Promise<Seen> {
  const headers: Record<string, string[]> = {};
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = String(request.rawHeaders[i]).toLowerCase();
    headers[name] = [...(headers[name] ?? []), String(request.rawHeaders[i + 1])];
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return { method: String(request.method), url: String(request.url), headers, body: Buffer.concat(chunks).toString() };
}

/** Answers in the media type of the fixture. */
export function reply(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  const type = body === undefined ? {} : { 'content-type': 'application/vnd.api+json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export const thing = { data: { name: 'lamp' } };
export const problem = { errors: [{ code: 'some-code' }] };
