import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import type { AnyContract } from './check/operations.ts';
import { enumerateCells } from './coverage/cells.ts';
import { createReport, isGreen, renderReport } from './coverage/report.ts';
import { merge } from './coverage/results.ts';
import { readUnreachable } from './coverage/unreachable.ts';
import { isObject, type OpenApiDocument } from './schema/document.ts';
import { locateIn } from './schema/source.ts';

export interface CommandIo {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Imports a module by its specifier. */
  readonly load: (specifier: string) => Promise<unknown>;
}

interface Options {
  readonly contract: string;
  readonly document?: string;
  readonly coverage: string;
  readonly source?: string;
  readonly unreachable?: string;
  readonly json?: true;
}

const description = `Compares what tests recorded with a contract. Exits with 1 if there are faults, uncovered cells or wrongly listed
ones, and with 2 if it cannot compare.`;

/** The command `conformance`. @returns the exit code: 0 green, 1 red, 2 wrong use */
export async function runCommand(argv: readonly string[], io: CommandIo, version = ''): Promise<number> {
  let isRed = false;
  const program = new Command('conformance').version(version).exitOverride();
  program.configureOutput({ writeOut: io.out, writeErr: io.error });
  program
    .command('report')
    .description(description)
    .requiredOption('--contract <module>', 'exports "contract", for example @user-api/contract')
    .requiredOption('--coverage <folder>', 'where recorders flushed to')
    .option('--document <module>', 'exports "document" (default: MODULE/document)')
    .option('--source <file>', 'what the contract was generated from, to tell the lines in it')
    .option('--unreachable <file>', 'JSON: {"unreachable": [{"cells": "GetUser * 503 *", "reason": "…"}]}')
    .option('--json', 'prints the report as JSON')
    .action(async (options: Options) => {
      isRed = !(await report(options, io));
    });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return isRed ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.error(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** @returns whether it is green */
async function report({ contract: module, coverage, source, ...options }: Options, io: CommandIo): Promise<boolean> {
  // What the generator wrote under these names.
  const contract = (await exported(io, module, 'contract')) as AnyContract;
  const document: OpenApiDocument = await exported(io, options.document ?? `${module}/document`, 'document');
  const unreachable = options.unreachable === undefined ? [] : await readUnreachable(options.unreachable);
  const locate = source === undefined ? undefined : locateIn(await readFile(source, 'utf8'), source);
  const found = createReport(enumerateCells(contract, document, locate), await merge(coverage), unreachable);
  io.out(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : renderReport(found));
  return isGreen(found);
}

async function exported({ load }: CommandIo, specifier: string, name: string): Promise<object> {
  const module = await load(specifier);
  const value: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  if (!isObject(value)) throw new Error(`${specifier} has no export "${name}"; name the module of a contract`);
  return value;
}
