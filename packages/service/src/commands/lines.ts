/** A line of a file, without its line feed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** null if the line is longer than the limit. */
  readonly bytes: Buffer | null;
}

const LINE_FEED = 0x0a;

/**
 * Splits bytes into lines. No more is in memory than a chunk and a line.
 *
 * @param limit bytes that a line may have
 * @returns the lines that each chunk completes
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter(limit);
  for await (const chunk of chunks) yield splitter.add(chunk);
  yield splitter.end();
}

class LineSplitter {
  readonly #limit: number;
  #number = 0;
  #begun: Buffer[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): readonly Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#line());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line may lack its line feed. */
  end(): readonly Line[] {
    return this.#length > 0 ? [this.#line()] : [];
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#limit) this.#begun = [];
    else if (part.length > 0) this.#begun.push(part);
  }

  #line(): Line {
    this.#number += 1;
    const [first, ...rest] = this.#begun;
    const whole = rest.length === 0 ? (first ?? Buffer.alloc(0)) : Buffer.concat(this.#begun);
    const line = { number: this.#number, bytes: this.#length > this.#limit ? null : whole };
    this.#begun = [];
    this.#length = 0;
    return line;
  }
}
