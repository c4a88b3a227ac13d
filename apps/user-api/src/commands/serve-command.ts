import { CommandFailure, type CommandIo, createCommand, createLogger } from '@contract-first/service';
import type { Command } from 'commander';
import { readConfiguration } from '../configuration/configuration.ts';
import { environmentHelp } from '../configuration/environment-help.ts';
import { unreachable } from './with-database.ts';

/** `serve` */
export function serveCommand(io: CommandIo): Command {
  return createCommand('serve', io)
    .description('Runs the service until it is told to stop.')
    .addHelpText('after', () => `\n${environmentHelp()}`)
    .action(() => runService(io));
}

async function runService({ environment, stdout }: CommandIo): Promise<void> {
  const configuration = readConfiguration(environment);
  try {
    // The other commands start several times faster without the server.
    const { serve } = await import('../serve.ts');
    const logger = createLogger(configuration.logLevel);
    await serve(configuration, { logger, print: (text) => void stdout.write(`${text}\n`) });
  } catch (error) {
    const reason = unreachable(error, configuration.storage) ?? error;
    throw new CommandFailure(`The service cannot start: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}
