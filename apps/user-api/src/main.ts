#!/usr/bin/env node
import { type Command, ConfigurationError, createLogger, environmentReference } from '@contract-first/service';
import { runCheckConfigCommand } from './commands/check-config-command.ts';
import { runCheckDataCommand } from './commands/check-data-command.ts';
import { runMigrateCommand } from './commands/migrate-command.ts';
import { runTokenCommand } from './commands/token-command.ts';
import { runUsersCommand } from './commands/users-command.ts';
import { readConfiguration } from './configuration/configuration.ts';
import { variables } from './configuration/variables.ts';

/** The command line: `user-api serve`, and what operators run besides it. */

const stdout = (text: string): void => void process.stdout.write(text);
const stderr = (text: string): void => void process.stderr.write(text);

/** Commands that need nothing of this file. */
const commands: Readonly<Record<string, Command>> = {
  'check-config': runCheckConfigCommand,
  migrate: runMigrateCommand,
  users: runUsersCommand,
};

process.exitCode = await run(process.argv.slice(2));

async function run([command, ...rest]: readonly string[]): Promise<number> {
  if (command === 'token') return runTokenCommand(rest, { stdout, stderr, fetch, environment: process.env });
  if (command === 'check-data') {
    return runCheckDataCommand(rest, { stdout, stderr, progress: process.stderr, environment: process.env });
  }
  const named = Object.hasOwn(commands, command ?? '') ? commands[command ?? ''] : undefined;
  if (named !== undefined) {
    return named(rest, { stdout: process.stdout, stderr: process.stderr, environment: process.env, fetch });
  }
  if (command === '--help' || command === '-h' || rest.includes('--help')) {
    stdout(help());
    return 0;
  }
  if (command === 'serve' && rest.length === 0) return runServe();
  stderr(
    `${command === undefined ? 'A command is missing.' : `Unknown: ${[command, ...rest].join(' ')}`}\n\n${help()}`,
  );
  return 2;
}

async function runServe(): Promise<number> {
  try {
    const configuration = readConfiguration(process.env);
    // The other commands start several times faster without the server.
    const { serve } = await import('./serve.ts');
    const logger = createLogger(configuration.logLevel);
    await serve(configuration, { logger, print: (text) => stdout(`${text}\n`) });
    return 0;
  } catch (error) {
    stderr(`${messageOf(error)}\n`);
    return 1;
  }
}

/** An operator needs the reason, and the stack only where nobody thought of it. */
function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) return `${error.message}\nSee: user-api --help`;
  return error instanceof Error ? `The service cannot start: ${error.message}` : 'The service cannot start.';
}

function help(): string {
  const rows = environmentReference(variables).map(
    ({ name, default: value, description }) =>
      `  ${name.padEnd(27)}${description}${value === null ? '' : ` (default: ${value})`}`,
  );
  return `Usage: user-api <command>

Commands:
  serve         run the service
  token         print an access token of a running development server; see token --help
  check-config  check the configuration, and try the database and the issuer
  check-data    check every stored record against the contract; see check-data --help
  migrate       bring the schema of the database up to date
  users         import and export records; see users --help

Environment of serve:
${rows.join('\n')}
`;
}
