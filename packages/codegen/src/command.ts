import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { decodeSource } from './document/encoding.ts';
import { RefusedDocumentError } from './document/refusal.ts';
import { staleFiles, writeFiles } from './files.ts';

interface Options {
  readonly input: string;
  readonly output: string;
}

/** Where the command line writes. */
export interface CommandOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** The command line `contract-first`: `generate` and `check`. */
function codegenCommand(version: string, { out, error }: CommandOutput): Command {
  const program = new Command('contract-first')
    .description('Compiles an OpenAPI document into a contract package, and refuses what could not be enforced.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: error });
  const add = (name: string, description: string, action: (options: Options) => Promise<void>): void => {
    program
      .command(name)
      .description(description)
      .option('--input <file>', 'OpenAPI 3.1 document, YAML or JSON', 'openapi.yaml')
      .option('--output <folder>', 'folder of the generated files', 'packages/contract/src')
      .action(action);
  };
  add('generate', 'compiles the document into a contract package', (options) => generate(options, out));
  add('check', 'compares the contract package with the document, and exits with 1 if a file is stale', check);
  return program;
}

/** Wrong usage, or an input that is not there. */
const WRONG_USAGE = 2;

/**
 * Runs the command line.
 *
 * @param version what `--version` prints
 * @param argv the arguments behind the program's name
 * @returns the exit code: 0 done, 1 refused or stale, 2 wrong usage
 * @throws what is neither the user's fault nor the document's
 */
export async function runCommand(version: string, argv: readonly string[], output: CommandOutput): Promise<number> {
  try {
    await codegenCommand(version, output).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (!(error instanceof RefusedDocumentError || error instanceof CommandError || isOfSystem(error))) throw error;
    output.error(`${error.message}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

/** What the operating system refuses, such as writing to a folder, is told in its own words. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

async function generate({ input, output }: Options, out: CommandOutput['out']): Promise<void> {
  const files = await generated(input);
  await writeFiles(output, files);
  for (const name of Object.keys(files)) out(`${join(output, name)}\n`);
}

async function check({ input, output }: Options): Promise<void> {
  const stale = await staleFiles(output, await generated(input));
  if (stale.length === 0) return;
  const lines = stale.map((name) => `${join(output, name)} is stale`);
  throw new CommandError([...lines, 'run: npm run generate'].join('\n'), 1);
}

async function generated(input: string): Promise<Readonly<Record<string, string>>> {
  const bytes = await readFile(input).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    throw new CommandError(`There is no file ${input}; name the document with --input FILE.`, WRONG_USAGE);
  });
  // Ajv, esbuild and the compiler take a second to load, for which nobody should wait who asks for help.
  const { generate: compile } = await import('./generate.ts');
  return compile(decodeSource(bytes, input), input);
}
