import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../postgres-server.ts';
import { killTree } from '../process-tree.ts';
import { outputTail } from '../reliability/output-tail.ts';

/** A Keycloak for tests, which forgets everything at its end. */
export interface KeycloakServer extends AsyncDisposable {
  /** Without a slash at the end; realms are below it. */
  readonly url: string;
  /** Runs a command of `kcadm.sh`. @returns what it printed */
  admin(args: readonly string[], input?: object): string;
  /** Runs a shell script that uses `kcadm.sh` by the variable KCADM. */
  script(file: string, args: readonly string[]): void;
}

/** Milliseconds. Its first start compiles it. */
const START = 180_000;

/**
 * Finds the unpacked distribution.
 *
 * @throws {Error} that says what is missing
 */
export function requireKeycloak(home: string | undefined): string {
  if (home !== undefined && existsSync(join(home, 'bin/kc.sh'))) return resolve(home);
  throw new Error(
    `There is no Keycloak in ${home ?? 'a folder that was named'}. Unpack its ZIP from ` +
      'https://www.keycloak.org/downloads (26 or later; needs Java), and: npm run check:keycloak -- FOLDER',
  );
}

/**
 * Starts it on a free port of the loopback interface, and logs in as its administrator.
 *
 * @param folder where the session of the administrator is kept
 * @throws {Error} with what it wrote, if it does not start
 */
export async function startKeycloak(home: string, folder: string): Promise<KeycloakServer> {
  const port = await freePort();
  const managementPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const password = randomBytes(16).toString('hex');
  const child = spawn(
    join(home, 'bin/kc.sh'),
    [
      'start-dev',
      '--db=dev-mem',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      `--http-management-port=${managementPort}`,
      `--hostname=${url}`,
      '--cache=local',
    ],
    { env: { ...process.env, KC_BOOTSTRAP_ADMIN_USERNAME: 'admin', KC_BOOTSTRAP_ADMIN_PASSWORD: password } },
  );
  const tail = outputTail(child, 4_000);
  const ended = once(child, 'exit');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (!hasEnded() && child.pid !== undefined) await killTree(child.pid);
    await ended;
  };
  const kcadm = join(home, 'bin/kcadm.sh');
  const session = ['--config', join(folder, 'kcadm.config')];
  const admin = (args: readonly string[], input?: object): string =>
    execFileSync(kcadm, [...args, ...session, ...(input ? ['--file', '-'] : [])], {
      encoding: 'utf8',
      stdio: 'pipe',
      ...(input && { input: JSON.stringify(input) }),
    });
  try {
    await untilUp(`${url}/realms/master`, hasEnded);
    const login = ['--server', url, '--realm', 'master', '--user', 'admin', '--password', password];
    admin(['config', 'credentials', ...login]);
  } catch (error) {
    await stop();
    throw new Error(`Keycloak did not start:\n${tail()}`, { cause: error });
  }
  return {
    url,
    admin,
    script(file, args) {
      // Knows where the session is.
      const command = join(folder, 'kcadm');
      writeFileSync(command, `#!/bin/sh\nexec '${kcadm}' "$@" ${session.join(' ')}\n`, { mode: 0o755 });
      execFileSync('sh', [file, ...args], { stdio: 'pipe', env: { ...process.env, KCADM: command } });
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function untilUp(url: string, hasEnded: () => boolean): Promise<void> {
  const end = performance.now() + START;
  while (performance.now() < end && !hasEnded()) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(START) }).catch(() => null);
    await answer?.bytes();
    if (answer?.status === 200) return;
    await wait(500);
  }
  throw new Error(`${url} does not answer`);
}
