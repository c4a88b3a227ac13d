import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RefusedDocumentError } from './document/refusal.ts';
import { staleFiles, writeFiles } from './files.ts';

const usage = `Usage: codegen <command> [options]

Commands:
  generate        compile the document into a contract package
  check           compare the contract package with the document; exit 1 if a file is stale

Options:
  --input FILE    OpenAPI 3.1 document, YAML or JSON (default: openapi.yaml)
  --output DIR    directory of the generated files (default: packages/contract/src)
  --help          show this text
`;

/** Runs the command line and returns the exit code: 0 done, 1 refused or stale, 2 wrong usage. */
async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      input: { type: 'string', default: 'openapi.yaml' },
      output: { type: 'string', default: 'packages/contract/src' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length !== 1 || (command !== 'generate' && command !== 'check')) {
    console.error(`Name one command: generate or check.\n\n${usage}`);
    return 2;
  }
  const text = await readFile(values.input, 'utf8').catch(unreadable);
  if (text === undefined) {
    console.error(`There is no file ${values.input}; name the document with --input FILE.`);
    return 2;
  }
  // Ajv, esbuild and the compiler take a second to load, for which nobody should wait who asks for help.
  const { generate } = await import('./generate.ts');
  const files = await generate(text, values.input);
  return command === 'generate' ? write(values.output, files) : check(values.output, files);
}

function unreadable(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

async function write(directory: string, files: Readonly<Record<string, string>>): Promise<number> {
  await writeFiles(directory, files);
  for (const name of Object.keys(files)) console.log(join(directory, name));
  return 0;
}

async function check(directory: string, files: Readonly<Record<string, string>>): Promise<number> {
  const stale = await staleFiles(directory, files);
  for (const name of stale) console.error(`${join(directory, name)} is stale`);
  if (stale.length > 0) console.error('run: npm run generate');
  return stale.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof RefusedDocumentError) {
    console.error(error.message);
    process.exitCode = 1;
  } else if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
