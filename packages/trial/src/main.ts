#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { tryCommand } from './command.ts';

// npm installs no package whose package.json has no version.
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

try {
  await tryCommand(manifest.version).parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
