#!/usr/bin/env node
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from './command.ts';

// Modules are looked up from where the command runs, not from where it is installed.
const { resolve } = createRequire(join(process.cwd(), 'package.json'));

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  load: (specifier) => import(pathToFileURL(resolve(specifier)).href),
});
