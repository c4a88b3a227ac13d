import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { enumerateCells } from './cells.ts';
import { isObject, type OpenApiDocument } from './document.ts';
import type { AnyContract } from './operations.ts';
import { createReport, isGreen, renderReport } from './report.ts';
import { merge } from './results.ts';
import { locateIn } from './source.ts';
import { readUnreachable } from './unreachable.ts';

const usage = `Usage: conformance report --contract MODULE --coverage DIR [--document MODULE] [--source FILE]
                          [--unreachable FILE] [--json]

Compares what tests recorded with a contract. Exits with 1 if there are faults, uncovered cells or wrongly listed ones.

  --contract MODULE    exports "contract", for example @user-api/contract
  --document MODULE    exports "document"; the default is MODULE/document
  --source FILE        what the contract was generated from, to tell the lines in it
  --coverage DIR       where recorders flushed to
  --unreachable FILE   JSON: {"unreachable": [{"cells": "* response {500,503} *", "reason": "…"}]}
  --json               prints the report as JSON
`;

export interface CommandIo {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Imports a module by its specifier. */
  readonly load: (specifier: string) => Promise<unknown>;
}

/** The command `conformance`. @returns the exit code: 0 green, 1 red, 2 wrong use */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await report(parse(args), io);
  } catch (error) {
    io.error(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) io.error(`\n${usage}`);
    return 2;
  }
}

class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Arguments {
  readonly contract: string;
  readonly document: string;
  readonly coverage: string;
  readonly source: string | undefined;
  readonly unreachable: string | undefined;
  readonly json: boolean;
}

function parse(args: readonly string[]): Arguments {
  const { values, positionals } = parseOptions(args);
  if (positionals.join() !== 'report') throw new UsageError('the only command is report');
  const { contract, coverage } = values;
  if (contract === undefined || coverage === undefined) throw new UsageError('--contract and --coverage are needed');
  const { document = `${contract}/document`, json = false, source, unreachable } = values;
  return { contract, coverage, document, json, source, unreachable };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        contract: { type: 'string' },
        document: { type: 'string' },
        coverage: { type: 'string' },
        source: { type: 'string' },
        unreachable: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function report(args: Arguments, io: CommandIo): Promise<number> {
  // What the generator wrote under these names.
  const contract = (await exported(io, args.contract, 'contract')) as AnyContract;
  const document: OpenApiDocument = await exported(io, args.document, 'document');
  const unreachable = args.unreachable === undefined ? [] : await readUnreachable(args.unreachable);
  const locate = args.source === undefined ? undefined : locateIn(await readFile(args.source, 'utf8'), args.source);
  const found = createReport(enumerateCells(contract, document, locate), await merge(args.coverage), unreachable);
  io.out(args.json ? `${JSON.stringify(found, null, 2)}\n` : renderReport(found));
  return isGreen(found) ? 0 : 1;
}

async function exported({ load }: CommandIo, specifier: string, name: string): Promise<object> {
  const module = await load(specifier);
  const value: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  if (!isObject(value)) throw new Error(`${specifier} has no export "${name}"; name the module of a contract`);
  return value;
}
