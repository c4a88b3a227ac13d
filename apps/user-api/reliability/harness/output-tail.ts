import type { ChildProcess } from 'node:child_process';

/**
 * Keeps the end of what a process writes to both of its outputs.
 *
 * @param length characters
 * @returns gives what is kept by now
 */
export function outputTail({ stdout, stderr }: ChildProcess, length: number): () => string {
  let tail = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-length);
    });
  }
  return () => tail;
}
