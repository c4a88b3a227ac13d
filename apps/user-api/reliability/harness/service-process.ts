import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '@contract-first/release';
import { freePort } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { within } from './deadline.ts';
import { outputTail } from './output-tail.ts';

export interface ServiceSettings {
  readonly databaseUrl: string;
  /** URL of the identity provider. */
  readonly issuer: string;
  /** Variables that are added to those of a production, or replace them. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The service as in production, under a supervisor that starts it again whenever it has ended. It keeps its address.
 */
export interface ServiceProcess extends AsyncDisposable {
  /** The API's URL, base path included. */
  readonly url: string;
  readonly port: number;
  /** Where it tells its health and its metrics. */
  readonly adminUrl: string;
  /** Ends it at once (SIGKILL), and resolves once it has ended. */
  kill(): Promise<void>;
  /** Resolves once it answers requests, those too for which it has no database. */
  started(): Promise<void>;
  /** What it said each time when it could not start, as it cannot without a database. */
  readonly failedStarts: readonly string[];
  /** What it said when it had started and ended without being killed. */
  readonly ownEnds: readonly string[];
}

const POLL_MILLISECONDS = 50;

/** Milliseconds between a start that failed and the next. */
const BACK_OFF = 250;

/** Characters of the output that are kept. */
const LOG_LENGTH = 4_000;

/** Starts the service on free ports. It need not be up yet. */
export async function superviseService(settings: ServiceSettings): Promise<ServiceProcess> {
  const supervisor = new Supervisor(settings, await freePort(), await freePort());
  supervisor.run();
  return supervisor;
}

/**
 * Waits until it has started.
 *
 * @param milliseconds how long that may take
 * @throws {Error} if it does not start in time; what it said is printed
 */
export async function untilStarted(service: ServiceProcess, milliseconds: number, signal: AbortSignal): Promise<void> {
  const started = within(service.started(), milliseconds, 'the service did not start', signal);
  await started.catch((error: unknown) => {
    if (!signal.aborted) console.error(service.failedStarts.at(-1) ?? '');
    throw error;
  });
}

class Supervisor implements ServiceProcess {
  readonly port: number;
  readonly ownEnds: string[] = [];
  readonly failedStarts: string[] = [];
  readonly #settings: ServiceSettings;
  readonly #adminPort: number;
  #child: ChildProcess | null = null;
  #ended: Promise<unknown> = Promise.resolve();
  #start = Promise.withResolvers<void>();
  #isStopped = false;

  constructor(settings: ServiceSettings, port: number, adminPort: number) {
    this.#settings = settings;
    this.port = port;
    this.#adminPort = adminPort;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}${contract.basePath}`;
  }

  get adminUrl(): string {
    return `http://127.0.0.1:${this.#adminPort}`;
  }

  run(): void {
    const child = this.#spawn();
    this.#child = child;
    const log = outputTail(child, LOG_LENGTH);
    let isStarted = false;
    this.#ended = once(child, 'close').then(() => this.#restart(child, isStarted, log()));
    void this.#whenLive(child).then((isLive) => {
      isStarted = isLive;
      if (isLive) this.#start.resolve();
    });
  }

  async kill(): Promise<void> {
    const ended = this.#ended;
    const earlier = this.#start;
    this.#start = Promise.withResolvers<void>();
    void this.#start.promise.then(earlier.resolve);
    this.#child?.kill('SIGKILL');
    await ended;
  }

  started(): Promise<void> {
    return this.#start.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true;
    this.#start.resolve();
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  #spawn(): ChildProcess {
    // Nothing else of the environment: a setting of the developer's is not for this.
    const { PATH, HOME } = process.env;
    const environment = {
      ...{ PATH, HOME, NODE_ENV: 'production', LOG_LEVEL: 'warn', RATE_LIMIT: '0', RATE_LIMIT_SUBJECT: '0' },
      ...{ DATABASE_URL: this.#settings.databaseUrl, OIDC_ISSUER: this.#settings.issuer, OIDC_AUDIENCE: 'user-api' },
      ...{ PORT: String(this.port), ADMIN_PORT: String(this.#adminPort) },
      ...this.#settings.environment,
    };
    // In a group of its own Ctrl-C does not reach it.
    const args = ['--conditions=source', 'apps/user-api/src/main.ts', 'serve'];
    return spawn(process.execPath, args, {
      cwd: root,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** @returns false if the process ended before it listened */
  async #whenLive(child: ChildProcess): Promise<boolean> {
    while (child.exitCode === null && child.signalCode === null) {
      const response = await fetch(`${this.adminUrl}/livez`).catch(() => null);
      await response?.bytes().catch(() => null);
      if (response?.ok) return true;
      await wait(POLL_MILLISECONDS);
    }
    return false;
  }

  async #restart(child: ChildProcess, wasStarted: boolean, log: string): Promise<void> {
    const wasKilled = child.signalCode === 'SIGKILL';
    if (!wasKilled) {
      if (wasStarted) this.ownEnds.push(`The service ended by itself, with ${child.exitCode}:\n${log}`);
      else this.failedStarts.push(log);
      await wait(BACK_OFF);
    }
    if (!this.#isStopped) this.run();
  }
}
