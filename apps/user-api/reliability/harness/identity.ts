import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestToken } from './access-token.ts';
import { startService } from './running-service.ts';

/** An identity provider that is never killed: that of a second, development service. */
export interface Identity extends AsyncDisposable {
  readonly issuer: string;
  /** Lets its user read and change every record, for a day. */
  readonly token: string;
}

const scope = 'user:users:read user:users:write user:users:admin';

/** Seconds: a day, longer than any run. */
const LIFETIME = 86_400;

export async function startIdentity(): Promise<Identity> {
  await using stack = new AsyncDisposableStack();
  const directory = stack.adopt(mkdtempSync(join(tmpdir(), 'user-api-identity-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const { issuer } = stack.use(await startService(directory));
  const token = await requestToken({ issuer, sub: randomUUID(), scope, ttl: LIFETIME });
  const started = stack.move();
  return { issuer, token, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
