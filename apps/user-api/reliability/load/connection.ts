import { connect, type Socket } from 'node:net';
import { type HttpAnswer, readAnswer } from './http-answer.ts';

/** Told once for every request. A text says why there is no answer. */
export type OnAnswer = (answer: HttpAnswer | string) => void;

/** Every connection reads into it: what it holds is taken out before the next one reads. */
const buffer = Buffer.alloc(65_536);

/** A connection that is kept, and carries one request at a time. A socket alone costs a fraction of `node:http`. */
export class LoadConnection {
  readonly #socket: Socket;
  #text = '';
  #onAnswer: OnAnswer | null = null;
  #failure = 'the connection was closed';
  isOpen = true;

  constructor(port: number) {
    const onread = { buffer, callback: (count: number) => this.#read(count) };
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true, onread });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure = error.code ?? error.message;
    });
    this.#socket.on('end', () => {
      this.isOpen = false;
    });
    this.#socket.on('close', () => {
      this.isOpen = false;
      this.#tell(this.#failure);
    });
  }

  /** Only when the request before has its answer. */
  send(request: string, onAnswer: OnAnswer): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request, 'latin1');
  }

  /** @param failure what the request that waits for an answer is told */
  close(failure: string): void {
    this.#failure = failure;
    this.#socket.destroy();
  }

  #read(count: number): boolean {
    this.#text += buffer.toString('latin1', 0, count);
    try {
      const answer = readAnswer(this.#text);
      if (answer !== null) this.#take(answer);
    } catch (error) {
      this.close(String(error));
    }
    return true;
  }

  #take(answer: HttpAnswer): void {
    if (this.#text.length > answer.length) throw new Error('a reply to nothing');
    this.#text = '';
    if (answer.isLast) {
      this.isOpen = false;
      this.#socket.end();
    }
    this.#tell(answer);
  }

  #tell(answer: HttpAnswer | string): void {
    const onAnswer = this.#onAnswer;
    this.#onAnswer = null;
    onAnswer?.(answer);
  }
}
