import {
  CommandFailure,
  type CommandIo,
  ConfigurationError,
  createCommand,
  createLogger,
} from '@contract-first/service';
import type { Command } from 'commander';
import { readConfiguration } from '../configuration/configuration.ts';
import { environmentHelp } from '../configuration/environment-help.ts';

/** `serve` */
export function serveCommand(io: CommandIo): Command {
  return createCommand('serve', io)
    .description('Runs the service until it is told to stop.')
    .addHelpText('after', () => `\n${environmentHelp()}`)
    .action(() => runService(io));
}

async function runService({ environment, stdout }: CommandIo): Promise<void> {
  try {
    const configuration = readConfiguration(environment);
    // The other commands start several times faster without the server.
    const { serve } = await import('../serve.ts');
    const logger = createLogger(configuration.logLevel);
    await serve(configuration, { logger, print: (text) => void stdout.write(`${text}\n`) });
  } catch (error) {
    throw new CommandFailure(messageOf(error));
  }
}

/** An operator needs the reason, and the stack only where nobody thought of it. */
function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) return `${error.message}\nSee: user-api serve --help`;
  return error instanceof Error ? `The service cannot start: ${error.message}` : 'The service cannot start.';
}
