import { existsSync } from 'node:fs';

/**
 * Loaded before the programs that people start by hand, by whatever Node there is, which is why it is no TypeScript:
 * says what is missing in a sentence, and reads the variables of a file `.env` if there is one.
 */

const isInstalled = existsSync(new URL('../node_modules/.package-lock.json', import.meta.url));
const isNewEnough = Number.parseInt(process.versions.node, 10) >= 24;

if (!isInstalled || !isNewEnough) {
  const found = isInstalled ? `this is Node ${process.version}` : 'the dependencies are not installed';
  console.error(`The programs need their dependencies and Node 24, which npm ci brings; ${found}. Run: npm ci`);
  process.exit(1);
}

if (existsSync('.env')) process.loadEnvFile('.env');
