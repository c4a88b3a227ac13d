/** One line of a terminal that says what is going on; nothing where there is no terminal. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (this.#stream.isTTY) this.#stream.write(`\r\u001B[2K… ${text}`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001B[2K');
  }
}
