import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of our own that a test talks to, stops and kills. */
export interface Child<Message> {
  readonly process: ChildProcess;
  readonly messages: readonly Message[];
  /** What it wrote to the standard output and the standard error so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** The first value that `find` gives for a message, past or still to come. Fails if the process ends before. */
  until<T>(find: (message: Message) => T | undefined): Promise<T>;
  /** How it ended, once all of its output was read. */
  ended(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/**
 * Starts a TypeScript file as a process. Messages go both ways.
 *
 * @typeParam Message what the file sends; it is not checked
 */
export function startChild<Message>(file: string, args: readonly string[] = []): Child<Message> {
  const child = fork(file, [...args], { execArgv: ['--conditions=source'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const messages: Message[] = [];
  child.on('message', (message) => {
    // A test and its file agree on what they say to each other.
    messages.push(message as Message);
  });
  const closed = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const errors = collect(child.stderr);
  return {
    process: child,
    messages,
    output: collect(child.stdout),
    errors,
    async until(find) {
      for (;;) {
        for (const message of messages) {
          const found = find(message);
          if (found !== undefined) return found;
        }
        const end = await Promise.race([once(child, 'message').then(() => null), closed]);
        if (end !== null) throw new Error(`the process ended with ${end.code ?? end.signal}: ${errors()}`);
      }
    },
    ended: () => closed,
  };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
