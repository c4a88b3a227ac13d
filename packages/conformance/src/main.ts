#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommandIo, runCommand } from './command.ts';

// Modules are looked up from where the command runs, not from where it is installed.
const { resolve } = createRequire(join(process.cwd(), 'package.json'));

// npm installs no package whose package.json has no version.
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const io: CommandIo = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  load: (specifier) => import(pathToFileURL(resolve(specifier)).href),
};

process.exitCode = await runCommand(process.argv.slice(2), io, manifest.version);
