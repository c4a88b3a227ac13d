import { setTimeout as wait } from 'node:timers/promises';
import { root } from '@contract-first/release';
import { freePort } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { execa } from 'execa';

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
  const [port, issuerPort, adminPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const service = execa(process.execPath, ['--conditions=source', 'apps/user-api/src/main.ts', 'serve'], {
    cwd: root,
    // Nothing else of the environment: a DATABASE_URL of the developer's is not for this.
    extendEnv: false,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      DEVELOPMENT_ISSUER_PORT: String(issuerPort),
      ADMIN_PORT: String(adminPort),
      DATA_DIR: dataDirectory,
      LOG_LEVEL: 'warn',
    },
    all: true,
    reject: false,
  });
  await untilReady(service, `http://127.0.0.1:${adminPort}/readyz`);
  const stop = async (): Promise<number | null> => {
    service.kill('SIGTERM');
    return (await service).exitCode ?? null;
  };
  return {
    url: `http://127.0.0.1:${port}${contract.basePath}`,
    issuer: `http://127.0.0.1:${issuerPort}`,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

const POLL_MILLISECONDS = 50;

async function untilReady(service: Promise<{ readonly all: string }>, readiness: string): Promise<void> {
  let hasEnded = false;
  const ended = service.then(({ all }) => {
    hasEnded = true;
    throw new Error(`The service ended instead of starting:\n${all}`);
  });
  const ready = async (): Promise<void> => {
    while (!hasEnded && !(await fetch(readiness).catch(() => null))?.ok) await wait(POLL_MILLISECONDS);
  };
  await Promise.race([ready(), ended]);
  // From here on it may end as it likes.
  ended.catch(() => undefined);
}
