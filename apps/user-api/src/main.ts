#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { type CommandIo, createCommand, runCommand } from '@contract-first/service';
import { checkConfigCommand } from './commands/check-config-command.ts';
import { checkDataCommand } from './commands/check-data-command.ts';
import { migrateCommand } from './commands/migrate-command.ts';
import { serveCommand } from './commands/serve-command.ts';
import { tokenCommand } from './commands/token-command.ts';
import { usersCommand } from './commands/users-command.ts';

/** The command line: `user-api serve`, and what operators run besides it. */

const { stdout, stderr, env: environment } = process;
const io: CommandIo = {
  // Whoever only asks for it makes Node wait for it.
  get stdin() {
    return process.stdin;
  },
  stdout,
  stderr,
  environment,
  fetch,
};

// A reader that has gone away makes the write fail that is on its way, which ends the command.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = createCommand('user-api', io)
  .description('A user service whose contract cannot drift.')
  .version(version())
  .addCommand(serveCommand(io))
  .addCommand(tokenCommand(io))
  .addCommand(checkConfigCommand(io))
  .addCommand(checkDataCommand(io))
  .addCommand(migrateCommand(io))
  .addCommand(usersCommand(io));

process.exitCode = await runCommand(program, process.argv.slice(2), io);

function version(): string {
  // npm installs no package whose package.json has no version.
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}
