import { type Command, InvalidArgumentError } from 'commander';
import { createProgram, decimal, randomSeed, type Settings, setting } from '../harness/program.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Of the capacity. */
  readonly share: number;
  readonly seed: string;
  readonly setting: Settings;
}

const description = `Starts a PostgreSQL and the service, and lets it work for some minutes at a share of what it can answer, with one
faulty request in ten: broken bodies, bad tokens, unknown paths, clients that are slow, that leave, or that never end.
Watches memory, handles, files and connections meanwhile. Exits with 1 if the last third of the time is above the middle
one by more than 5 % and 1 MB (what a collection leaves of the heap; resident memory: 10 % and 20 MB; handles, files and
connections: 20 % and some), if handles, files and connections are more afterwards than before, or if a request gets an
answer that it must not get. Three minutes find a leak of some hundred bytes for each request, more find a smaller one.`;

/** `test:soak`, whose options are {@link SoakOptions}. */
export function soakCommand(): Command {
  return createProgram('test:soak', description)
    .option('--minutes <number>', 'how long, at least 0.5', minutes, 3)
    .option('--share <number>', 'of what the service can answer', share, 0.5)
    .option('--seed <text>', 'what the moments depend on (default: another one each time)', randomSeed())
    .option('--setting <NAME=VALUE>', 'of the service; may be repeated', setting, {});
}

function minutes(text: string): number {
  const number = decimal(text);
  if (number >= 0.5) return number;
  throw new InvalidArgumentError('It must be at least 0.5.');
}

function share(text: string): number {
  const number = decimal(text);
  if (number < 1) return number;
  throw new InvalidArgumentError('It must be below 1, such as 0.5.');
}
