/** A stretch of time without an acknowledged change, in milliseconds of the clock. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The moments at which changes were acknowledged. */
export class Timeline {
  readonly #moments: number[] = [];
  #listeners: (() => void)[] = [];

  /** @param moment not before the one given last */
  add(moment: number): void {
    this.#moments.push(moment);
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  /** Resolves at the next moment. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  /** The longest stretch between two neighbouring moments that touches the time from `from` to `to`. */
  longestGap(from: number, to: number): Gap {
    const before = this.#moments.findLast((moment) => moment <= from) ?? from;
    const after = this.#moments.find((moment) => moment >= to) ?? to;
    const inside = this.#moments.filter((moment) => moment > from && moment < to);
    let longest: Gap = { from: before, to: before };
    let last = before;
    for (const moment of [...inside, after]) {
      if (moment - last > longest.to - longest.from) longest = { from: last, to: moment };
      last = moment;
    }
    return longest;
  }
}
