import type { CheckResult } from '@contract-first/service';
import { defineCommand } from '@contract-first/service';
import { readConfiguration } from '../configuration/configuration.ts';
import { checkDatabase } from './database-check.ts';
import { checkIssuer } from './issuer-check.ts';

const usage = `Reads the configuration as serve would, tries what it points to, and changes nothing.

Usage: user-api check-config

  --help    this text

Prints every problem of the configuration with the name of its variable. If there is none, it connects to each host of
the database, looks at the version of its schema, and fetches the documents of the token issuer.
Exit code: 0 if serve would start, 1 if not.
`;

/** Runs `check-config`. */
export const runCheckConfigCommand = defineCommand(usage, 0, async (_, { environment, fetch, stdout }) => {
  const { storage, identityProvider, warnings } = readConfiguration(environment);
  const results = (await Promise.all([checkDatabase(storage), checkIssuer(identityProvider, fetch)])).flat();
  const lines = [...warnings.map((text): CheckResult => ({ outcome: 'warning', text })), ...results].map(
    ({ outcome, text }) => `${outcome.padEnd(8)}${text}\n`,
  );
  stdout.write(lines.join(''));
  return results.some(({ outcome }) => outcome === 'FAILED') ? 1 : 0;
});
