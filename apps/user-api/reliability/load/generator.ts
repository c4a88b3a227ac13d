import { setTimeout as wait } from 'node:timers/promises';
import { planArrivals } from './arrivals.ts';
import { LoadConnection } from './connection.ts';
import { createRandom } from './random.ts';
import { LoadRecord, type LoadResult } from './result.ts';
import { type LoadUser, requestOf } from './users.ts';

// By hand and not by a load tool such as autocannon: the open loop sends at planned moments and counts latency from them,
// and both loops have to send the same requests and judge the same answers.

/** Whom requests are sent to, and in whose name. */
export interface LoadTarget {
  readonly port: number;
  readonly users: readonly LoadUser[];
}

/**
 * `closed`: so many clients, each of which waits for its answer before it sends the next request. `open`: requests are
 * sent at moments that were planned before, whatever became of the others.
 */
export type LoadPhase =
  | { readonly kind: 'closed'; readonly clients: number; readonly seconds: number }
  | {
      readonly kind: 'open';
      /** Requests a second. */
      readonly rate: number;
      readonly seconds: number;
      /** Open before it begins, as those of a proxy are. With none free a request waits, which counts as latency. */
      readonly connections: number;
      readonly seed: string;
    };

/** How many connections are opened at once; Node takes one in each turn of its event loop. */
const OPENED_AT_ONCE = 16;

/** Milliseconds for the last answers. */
const PATIENCE = 10_000;

interface Waiting {
  readonly request: string;
  readonly planned: number;
}

/** Sends requests and measures what becomes of them. */
export class LoadGenerator {
  readonly #target: LoadTarget;
  readonly #idle: LoadConnection[] = [];
  readonly #connections = new Set<LoadConnection>();
  readonly #queue: Waiting[] = [];
  #record = new LoadRecord();
  #sequence = 0;
  #inFlight = 0;
  #limit = 0;
  #onAnswer: () => void = () => undefined;

  constructor(target: LoadTarget) {
    this.#target = target;
  }

  async run(phase: LoadPhase): Promise<LoadResult> {
    await this.#open(phase.kind === 'closed' ? phase.clients : phase.connections);
    this.#record = new LoadRecord();
    const processor = process.threadCpuUsage();
    const begin = performance.now();
    await (phase.kind === 'closed' ? this.#runClosed(phase) : this.#runOpen(phase));
    const sending = (performance.now() - begin) / 1000;
    await this.#drain();
    const { user, system } = process.threadCpuUsage(processor);
    const answering = (performance.now() - begin) / 1000;
    return this.#record.result({ sending, answering, processor: (user + system) / 1e6 / answering });
  }

  async #runClosed({ clients, seconds }: LoadPhase & { kind: 'closed' }): Promise<void> {
    const next = (): void => this.#submit(performance.now());
    this.#onAnswer = next;
    for (let client = 0; client < clients; client += 1) next();
    await wait(seconds * 1000);
    this.#onAnswer = () => undefined;
  }

  async #runOpen({ rate, seconds, seed }: LoadPhase & { kind: 'open' }): Promise<void> {
    const arrivals = planArrivals(rate, seconds, createRandom(seed));
    const begin = performance.now();
    let next = 0;
    while (next < arrivals.length) {
      const elapsed = performance.now() - begin;
      for (let at = arrivals[next]; at !== undefined && at <= elapsed; at = arrivals[next]) {
        this.#submit(begin + at);
        next += 1;
      }
      await wait(1);
    }
  }

  async #drain(): Promise<void> {
    const end = performance.now() + PATIENCE;
    while (this.#inFlight > 0 && performance.now() < end) await wait(10);
    for (const { planned } of this.#queue.splice(0)) {
      this.#inFlight -= 1;
      this.#record.addAnswer('no free connection within 10 s', performance.now() - planned, 0);
    }
    const busy = this.#connections.difference(new Set(this.#idle));
    for (const connection of busy) connection.close('no answer within 10 s');
    while (this.#inFlight > 0) await wait(10);
  }

  /** @param planned when it should be sent, by `performance.now()` */
  #submit(planned: number): void {
    const request = requestOf(this.#target.users, this.#sequence);
    this.#sequence += 1;
    this.#inFlight += 1;
    this.#record.addPlanned(performance.now() - planned);
    const connection = this.#takeConnection();
    if (connection === null) this.#queue.push({ request, planned });
    else this.#send(connection, { request, planned });
  }

  #takeConnection(): LoadConnection | null {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.isOpen) return connection;
      this.#connections.delete(connection);
    }
    return this.#connections.size < this.#limit ? this.#connect() : null;
  }

  #connect(): LoadConnection {
    const made = new LoadConnection(this.#target.port);
    this.#connections.add(made);
    return made;
  }

  /** Opens what is missing of so many connections, each by a request that is not counted. */
  async #open(limit: number): Promise<void> {
    this.#limit = limit;
    while (this.#connections.size < limit) {
      const made = Array.from({ length: Math.min(OPENED_AT_ONCE, limit - this.#connections.size) }, () =>
        this.#connect(),
      );
      await Promise.all(made.map((connection) => this.#use(connection)));
    }
  }

  async #use(connection: LoadConnection): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    connection.send(requestOf(this.#target.users, 1), () => resolve());
    await promise;
    this.#idle.push(connection);
  }

  #send(connection: LoadConnection, { request, planned }: Waiting): void {
    const sent = performance.now();
    connection.send(request, (answer) => {
      this.#inFlight -= 1;
      this.#record.addAnswer(answer, sent - planned, performance.now() - sent);
      if (connection.isOpen) this.#idle.push(connection);
      else this.#connections.delete(connection);
      this.#sendWaiting();
      this.#onAnswer();
    });
  }

  #sendWaiting(): void {
    const waiting = this.#queue[0];
    const connection = waiting && this.#takeConnection();
    if (!connection) return;
    this.#queue.shift();
    this.#send(connection, waiting);
  }
}
