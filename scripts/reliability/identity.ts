import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startService } from '../running-service.ts';
import { root } from '../workspace.ts';

/** An identity provider that is never killed: that of a second, development service. */
export interface Identity extends AsyncDisposable {
  readonly issuer: string;
  /** Lets its user read and change every record, for a day. */
  readonly token: string;
}

const scope = 'user:users:read user:users:write user:users:admin';

export async function startIdentity(): Promise<Identity> {
  await using stack = new AsyncDisposableStack();
  const directory = stack.adopt(mkdtempSync(join(tmpdir(), 'user-api-identity-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const { issuer } = stack.use(await startService(directory));
  const token = await requestToken(issuer);
  const started = stack.move();
  return { issuer, token, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function requestToken(issuer: string): Promise<string> {
  const command = ['--conditions=source', 'apps/user-api/src/main.ts', 'token'];
  const options = ['--issuer', issuer, '--sub', randomUUID(), '--scope', scope, '--ttl', '86400'];
  const { stdout } = await promisify(execFile)(process.execPath, [...command, ...options], { cwd: root });
  return stdout.trim();
}
