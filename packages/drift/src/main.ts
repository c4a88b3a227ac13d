#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { driftCommand } from './command.ts';

// npm installs no package whose package.json has no version.
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

try {
  await driftCommand(manifest.version).parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
