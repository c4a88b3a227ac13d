import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '@contract-first/release';

/** The service as a process of its own, with its identity provider for development. */
export interface RunningService extends AsyncDisposable {
  /** The API's URL, base path included. */
  readonly url: string;
  /** URL of the identity provider. */
  readonly issuer: string;
  /** @returns the exit code, once it has ended in order; null if it had to be killed */
  stop(): Promise<number | null>;
}

/**
 * Starts the service on free ports and waits until it can be used.
 *
 * @param dataDirectory for its embedded database; made on first use, which takes some seconds
 * @throws {Error} with what it wrote, if it ends instead
 */
export async function startService(dataDirectory: string): Promise<RunningService> {
  // Nothing else of the environment: a DATABASE_URL of the developer's is not for this.
  const { PATH, HOME } = process.env;
  const free = { PORT: '0', DEVELOPMENT_ISSUER_PORT: '0', DATA_DIR: dataDirectory, LOG_LEVEL: 'warn' };
  const args = ['--conditions=source', 'apps/user-api/src/main.ts', 'serve'];
  const child = spawn(process.execPath, args, { cwd: root, env: { PATH, HOME, ...free } });
  const closed = once(child, 'close');
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const [code] = await closed;
    return typeof code === 'number' ? code : null;
  };
  const output = await welcomeOf(child, closed);
  return { ...placesIn(output), stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

/** What it prints until it can be used. */
async function welcomeOf(child: ChildProcess, closed: Promise<unknown>): Promise<string> {
  const chunks: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      chunks.push(chunk);
      if (chunks.join('').includes('Stop with Ctrl-C')) resolve();
    });
  }
  const ended = closed.then(() => {
    throw new Error(`The service ended instead of starting:\n${chunks.join('')}`);
  });
  await Promise.race([ready, ended]);
  // From here on it may end as it likes.
  ended.catch(() => undefined);
  return chunks.join('');
}

/** @param welcome has the URL, and a token that names who issued it */
function placesIn(welcome: string): { url: string; issuer: string } {
  const [, url = ''] = /The User API is at (\S+)/.exec(welcome) ?? [];
  const [, payload = ''] = /Bearer [\w-]+\.([\w-]+)/.exec(welcome) ?? [];
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString() || 'null');
  const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? String(claims.iss) : '';
  if (url === '' || issuer === '') throw new Error(`The service prints no URL or no token:\n${welcome}`);
  return { url, issuer };
}
