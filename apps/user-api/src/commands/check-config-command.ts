import { type CheckResult, CommandFailure, type CommandIo, createCommand } from '@contract-first/service';
import type { Command } from 'commander';
import { readConfiguration } from '../configuration/configuration.ts';
import { checkDatabase } from './database-check.ts';
import { checkIssuer } from './issuer-check.ts';

const notes = `
Prints every problem of the configuration with the name of its variable. If there is none, it connects to each host of
the database, looks at the version of its schema, and fetches the documents of the token issuer.
Exit code: 0 if serve would start, 1 if not.`;

/** `check-config` */
export function checkConfigCommand(io: CommandIo): Command {
  return createCommand('check-config', io)
    .description('Reads the configuration as serve would, tries what it points to, and changes nothing.')
    .addHelpText('after', notes)
    .action(() => checkConfig(io));
}

async function checkConfig({ environment, fetch, stdout }: CommandIo): Promise<void> {
  const { storage, identityProvider, warnings } = readConfiguration(environment);
  const results = (await Promise.all([checkDatabase(storage), checkIssuer(identityProvider, fetch)])).flat();
  const lines = [...warnings.map((text): CheckResult => ({ outcome: 'warning', text })), ...results].map(
    ({ outcome, text }) => `${outcome.padEnd(8)}${text}\n`,
  );
  stdout.write(lines.join(''));
  if (results.some(({ outcome }) => outcome === 'FAILED')) throw new CommandFailure();
}
