import type { NewUser, UserStore } from '../storage/user-store.ts';

/** Records of a batch, and batches on their way: while the database works on them, the next ones are read. */
const BATCH = 1_000;
const CONCURRENCY = 2;

/** Collects records into batches and sends them to the store, a few batches at a time. */
export class ImportQueue {
  readonly #users: Pick<UserStore, 'import'>;
  readonly #onWay = new Set<Promise<void>>();
  #batch: NewUser[] = [];
  #failure: { readonly error: unknown } | null = null;
  #added = 0;
  #present = 0;

  constructor(users: Pick<UserStore, 'import'>) {
    this.#users = users;
  }

  add(user: NewUser): void {
    this.#batch.push(user);
    if (this.#batch.length === BATCH) this.#send();
  }

  /** Whether the next record should wait for {@link room}; told without a promise, because it is asked for each. */
  get isFull(): boolean {
    return this.#onWay.size >= CONCURRENCY || this.#failure !== null;
  }

  /**
   * Waits until a batch has arrived.
   *
   * @throws what the store threw for an earlier batch
   */
  async room(): Promise<void> {
    if (this.#onWay.size >= CONCURRENCY) await Promise.race(this.#onWay);
    if (this.#failure !== null) await this.end();
  }

  /**
   * Waits for everything that was added.
   *
   * @throws what the store threw for a batch
   */
  async end(): Promise<{ readonly added: number; readonly present: number }> {
    if (this.#failure === null && this.#batch.length > 0) this.#send();
    await Promise.all(this.#onWay);
    if (this.#failure !== null) throw this.#failure.error;
    return { added: this.#added, present: this.#present };
  }

  #send(): void {
    const batch = this.#batch;
    this.#batch = [];
    const sent = this.#import(batch).finally(() => this.#onWay.delete(sent));
    this.#onWay.add(sent);
  }

  /** Never rejects: nobody may be waiting yet. */
  async #import(batch: readonly NewUser[]): Promise<void> {
    try {
      const added = await this.#users.import(batch);
      this.#added += added;
      this.#present += batch.length - added;
    } catch (error) {
      this.#failure ??= { error };
    }
  }
}
