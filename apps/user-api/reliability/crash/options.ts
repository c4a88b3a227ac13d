import type { Command } from 'commander';
import { count, createProgram, randomSeed, type Settings, setting } from '../harness/program.ts';

export interface CrashOptions {
  readonly kills: number;
  readonly writers: number;
  readonly seed: string;
  readonly setting: Settings;
}

const description = `Starts a PostgreSQL and the service, and kills both (SIGKILL) at random moments while writers change records.
Exits with 1 if a change that was acknowledged is lost, if a record has a part of a change only, if the service does not
recover without help, or if it answers with a status that is not for this.`;

/** `test:crash`, whose options are {@link CrashOptions}. */
export function crashCommand(): Command {
  return createProgram('test:crash', description)
    .option('--kills <number>', 'how often each of the two is killed', count, 20)
    .option('--writers <number>', 'changes under way at once', count, 12)
    .option('--seed <text>', 'what the moments depend on (default: another one each time)', randomSeed())
    .option(
      '--setting <NAME=VALUE>',
      'of postgresql.conf; may be repeated. With synchronous_commit=off changes get lost, which shows that it is found',
      setting,
      {},
    );
}
