/** What has to be ended or removed before the process may go, also when it is interrupted. */
export class CleanUp {
  readonly #tasks: (() => void)[] = [];

  constructor() {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.once(signal, () => {
        this.run();
        process.exit(code);
      });
    }
  }

  add(task: () => void): void {
    this.#tasks.push(task);
  }

  /** Does everything once, the last task first. */
  run(): void {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) task();
  }
}
