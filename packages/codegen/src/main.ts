#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { runCommand } from './command.ts';

// npm installs no package whose package.json has no version.
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

process.exitCode = await runCommand(manifest.version, process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
