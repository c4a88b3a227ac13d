import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@contract-first/testing';
import { type Daemon, startDaemon } from '../../reliability/harness/daemon.ts';

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
  const url = `http://127.0.0.1:${await freePort()}`;
  const password = randomBytes(16).toString('hex');
  const daemon = startDaemon({
    program: join(home, 'bin/kc.sh'),
    args: ['start-dev', '--db=dev-mem', '--cache=local', ...(await addressesOf(url))],
    directory: folder,
    identity: null,
    environment: {
      // Which Java it takes.
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: password,
    },
  });
  const kcadm = writeCommand(home, folder);
  const admin = (args: readonly string[], input?: object): string =>
    execFileSync(kcadm, [...args, ...(input ? ['--file', '-'] : [])], {
      encoding: 'utf8',
      stdio: 'pipe',
      ...(input && { input: JSON.stringify(input) }),
    });
  try {
    await untilUp(`${url}/realms/master`, daemon);
    const login = ['--server', url, '--realm', 'master', '--user', 'admin', '--password', password];
    admin(['config', 'credentials', ...login]);
  } catch (error) {
    await daemon.kill();
    throw new Error(`Keycloak did not start:\n${daemon.log()}`, { cause: error });
  }
  return {
    url,
    admin,
    script: (file, args) =>
      void execFileSync('sh', [file, ...args], { stdio: 'pipe', env: { ...process.env, KCADM: kcadm } }),
    [Symbol.asyncDispose]: () => daemon.kill(),
  };
}

async function addressesOf(url: string): Promise<readonly string[]> {
  const { hostname, port } = new URL(url);
  const management = `--http-management-port=${await freePort()}`;
  return [`--http-host=${hostname}`, `--http-port=${port}`, management, `--hostname=${url}`];
}

/** A `kcadm.sh` that knows where its session is. */
function writeCommand(home: string, folder: string): string {
  const command = join(folder, 'kcadm');
  const call = `'${join(home, 'bin/kcadm.sh')}' "$@" --config '${join(folder, 'kcadm.config')}'`;
  writeFileSync(command, `#!/bin/sh\nexec ${call}\n`, { mode: 0o755 });
  return command;
}

async function untilUp(url: string, daemon: Daemon): Promise<void> {
  const end = performance.now() + START;
  while (performance.now() < end && !daemon.hasEnded()) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(START) }).catch(() => null);
    await answer?.bytes();
    if (answer?.status === 200) return;
    await wait(500);
  }
  throw new Error(`${url} does not answer`);
}
