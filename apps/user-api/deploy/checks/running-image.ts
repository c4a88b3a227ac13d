import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ServiceImage } from './service-image.ts';

/** A container's process, without the container. */
export interface RunningImage extends AsyncDisposable {
  /** Resolves once `url` answers with 200. @throws {Error} with what the process wrote, if it ends before */
  untilOk(url: string): Promise<void>;
  /** Sends the image's stop signal. @returns the exit code; null if it had to be killed */
  stop(): Promise<number | null>;
}

/** Nobody in particular: what the image needs, everybody may read. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * Runs the image with a command instead of its own, and returns what it printed.
 *
 * @throws {Error} with what it wrote, if it does not end with 0
 */
export async function runImage(
  image: ServiceImage,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const [program = '', ...args] = words;
  const { stdout } = await promisify(execFile)(program, args, optionsOf(image, environment));
  return stdout;
}

/** Starts the image with its own command. */
export function startImage(image: ServiceImage, environment: Readonly<Record<string, string>>): RunningImage {
  const [program = '', ...args] = [...image.entrypoint, ...image.command];
  const child = spawn(program, args, { ...optionsOf(image, environment), stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const output = collect(child);
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) process.kill(child.pid ?? 0, image.stopSignal);
    const [code] = await closed;
    return typeof code === 'number' ? code : null;
  };
  return {
    async untilOk(url) {
      while (child.exitCode === null) {
        const isOk = await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        );
        if (isOk) return;
        await wait(50);
      }
      throw new Error(`The image ended with ${child.exitCode} instead of starting:\n${output()}`);
    },
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

function optionsOf({ root, workdir, environment, programs }: ServiceImage, given: Readonly<Record<string, string>>) {
  return { cwd: join(root, workdir), env: { PATH: programs, ...environment, ...given }, ...nobody };
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  return () => chunks.join('');
}
