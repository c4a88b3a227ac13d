import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeTree } from './copy.ts';
import type { Job, Message, Result, WorkerSetup } from './messages.ts';

export interface PoolOptions {
  readonly workers: number;
  /** A copy of the sources, which stays as it is. */
  readonly pristine: string;
  readonly setup: Omit<WorkerSetup, 'folder'>;
  /** Gives the next job, or null when there is none left. */
  readonly next: () => Job | null;
  /** Is told every result as soon as it is there. */
  readonly onResults: (results: readonly Result[]) => void;
  /** Is told what a worker does now. */
  readonly onProgress: (gate: string, ids: readonly string[]) => void;
  /**
   * Milliseconds without any sign of a worker, after which a mutant counts as noticed.
   *
   * @default 180000
   */
  readonly limit?: number;
}

const script = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Processes that try mutants, each in a copy of its own. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #workers = new Set<Worker>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** @throws {Error} if a gate is red without a mutant, or a worker fails */
  async run(): Promise<void> {
    const count = Math.max(1, this.#options.workers);
    await Promise.all(Array.from({ length: count }, () => this.#work()));
  }

  /** Ends everything at once and removes the copies. */
  stop(): void {
    for (const worker of this.#workers) worker.stop();
    this.#workers.clear();
  }

  async #work(): Promise<void> {
    let worker = this.#start();
    await worker.ready();
    let job = this.#options.next();
    while (job !== null) {
      const outcome = await worker.do(job);
      if (outcome.type === 'done') {
        this.#options.onResults(outcome.results);
        job = this.#options.next();
      } else {
        const { stuck, gate } = outcome;
        const seconds = (this.#options.limit ?? defaultLimit) / 1000;
        this.#options.onResults([{ id: stuck, gate, isInDiff: false, complaint: 'timeout', seconds }]);
        job = { ...job, ids: job.ids.filter((id) => id !== stuck) };
        this.#end(worker);
        worker = this.#start();
        await worker.ready();
      }
    }
    this.#end(worker);
  }

  #start(): Worker {
    const worker = new Worker(this.#options);
    this.#workers.add(worker);
    return worker;
  }

  #end(worker: Worker): void {
    worker.stop();
    this.#workers.delete(worker);
  }
}

const defaultLimit = 180_000;
/** Milliseconds by which a timer is late only if the process was stopped in between. */
const suspension = 10_000;
/** Milliseconds within which every gate must have run without a mutant. */
const startLimit = 600_000;

type Outcome =
  | Extract<Message, { type: 'done' }>
  | { readonly type: 'stuck'; readonly stuck: string; readonly gate: string };

/** One process and its copy. */
class Worker {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #limit: number;
  readonly #onProgress: PoolOptions['onProgress'];
  #output = '';

  constructor({ pristine, setup, limit, onProgress }: PoolOptions) {
    this.#onProgress = onProgress;
    this.#limit = limit ?? defaultLimit;
    this.#folder = mkdtempSync(join(realpathSync(tmpdir()), 'drift-'));
    cpSync(pristine, this.#folder, { recursive: true, verbatimSymlinks: true });
    const own: WorkerSetup = { ...setup, folder: this.#folder };
    // A group of its own, so that whatever a test has started ends with it.
    this.#process = fork(script, [JSON.stringify(own)], {
      detached: true,
      execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, CI: 'true', NO_COLOR: '1' },
    });
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-4000);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
  }

  async ready(): Promise<void> {
    for await (const message of this.#messages(startLimit)) {
      if (message.type === 'ready') return;
      this.#tell(message);
    }
    throw new Error(`a worker was not ready after ${startLimit / 1000} s:\n${this.#output}`);
  }

  #tell(message: Message): void {
    if (message.type === 'progress') this.#onProgress(message.gate, message.ids);
  }

  async do(job: Job): Promise<Outcome> {
    this.#process.send(job);
    let stuck = job.ids[0] ?? '';
    let gate = '';
    for await (const message of this.#messages(this.#limit)) {
      if (message.type === 'done') return message;
      if (message.type !== 'progress') continue;
      this.#tell(message);
      stuck = message.ids[0] ?? stuck;
      gate = message.gate;
    }
    return { type: 'stuck', stuck, gate };
  }

  stop(): void {
    try {
      if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    removeTree(this.#folder);
  }

  /** Ends when there is no message for so many milliseconds. */
  async *#messages(limit: number): AsyncGenerator<Message> {
    for (;;) {
      const message = await this.#message(limit);
      if (message === null) return;
      if (message.type === 'failed') throw new Error(message.message);
      yield message;
    }
  }

  #message(limit: number): Promise<Message | null> {
    const { promise, resolve, reject } = Promise.withResolvers<Message | null>();
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const start = performance.now();
      // Who was suspended has not waited, and neither has the worker had its time.
      timer = setTimeout(() => (performance.now() - start > limit + suspension ? wait() : resolve(null)), limit);
    };
    wait();
    const exit = (): void => reject(new Error(`a worker ended too early:\n${this.#output}`));
    this.#process.once('exit', exit);
    this.#process.once('message', resolve);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#process.off('exit', exit);
      this.#process.off('message', resolve);
    });
  }
}
