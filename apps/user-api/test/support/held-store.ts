import type { UserStore } from '../../src/storage/user-store.ts';

/** A reply of any form. */
type Answer = Promise<{ readonly status: number }>;

export interface HeldStore {
  readonly wrap: (users: UserStore) => UserStore;
  /**
   * Resolves once so many reads wait.
   *
   * @param answers of the requests that read: rejects if one of them comes instead, so that nothing is waited for in vain
   */
  until(count: number, answers: readonly Answer[]): Promise<void>;
  /** Lets all reads go on. */
  release(): void;
}

/** A store whose reads wait until they are released. */
export function holdReads(): HeldStore {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const waiting: (() => void)[] = [];
  let held = 0;

  async function reached(count: number): Promise<void> {
    while (held < count) await new Promise<void>((resolve) => waiting.push(resolve));
  }

  return {
    release,
    until: (count, answers) => Promise.race([reached(count), ...answers.map(tooEarly)]),
    wrap: (users) => ({
      ...users,
      async get(id) {
        held += 1;
        for (const wake of waiting.splice(0)) wake();
        await released;
        return users.get(id);
      },
    }),
  };
}

async function tooEarly(answer: Answer): Promise<never> {
  const { status } = await answer;
  throw new Error(`a request was answered with ${status} before it read the record`);
}
