#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { codegenCommand, runCommand } from './command.ts';

// npm installs no package whose package.json has no version.
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

process.exitCode = await runCommand(codegenCommand(manifest.version), process.argv.slice(2));
