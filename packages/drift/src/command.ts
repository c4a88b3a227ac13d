import { root } from '@contract-first/release';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfiguration } from './configuration/configuration.ts';
import { drift } from './drift.ts';
import type { DriftOptions } from './options.ts';
import type { DiffUse } from './run/messages.ts';

/** The options as commander gives them. */
interface Given {
  readonly config: string;
  readonly area: readonly string[];
  readonly thorough?: true;
  readonly kind: readonly string[];
  readonly only: readonly string[];
  readonly sample?: number;
  readonly seed: string;
  readonly diff?: DiffUse;
  readonly equivalents?: true;
  readonly workers: number;
  readonly verbose?: true;
  readonly list?: true;
}

const description = `Changes the contract, the server and the client in many small ways, each in a copy of the sources, and
counts which of them a gate notices. Exits with 1 if one of them survives. Reports are .reports/drift.md and .json.`;

/** @param run what the command does, for tests */
export function driftCommand(version: string, run = runDrift): Command {
  return new Command('contract-first-drift')
    .description(description)
    .version(version)
    .option('--config <file>', 'what is changed, relative to the top level', 'drift.yaml')
    .option('--area <area...>', 'contract, or an area of the configuration (default: all of them)', [])
    .option('--thorough', 'tries what operators make of every line of the areas, too; takes hours')
    .option('--kind <kind...>', 'only mutants of this kind, those of operators too', [])
    .option('--only <id...>', 'only this mutant', [])
    .option('--sample <number>', 'only so many mutants, chosen by chance, of as many kinds as possible', positive)
    .option('--seed <text>', 'what chance depends on', '1')
    .addOption(
      new Option(
        '--diff <use>',
        'stop: what the version rule notices is shown to no other gate (default); on: it is (default with --thorough); off: there is no version rule',
      ).choices(['on', 'stop', 'off']),
    )
    .option('--equivalents', 'tries those in the list of equivalents, too')
    .option('--workers <number>', 'processes, each with a copy of the sources', positive, 2)
    .option('--verbose', 'says what each worker does')
    .option('--list', 'prints the mutants and tries none')
    .action(async (given: Given) => run(given.config, optionsOf(given)));
}

/** @returns the options of a run */
export function optionsOf({ area, kind, only, sample, seed, diff, workers, ...flags }: Given): DriftOptions {
  return {
    areas: area,
    isThorough: flags.thorough === true || kind.length > 0 || only.length > 0,
    kinds: kind,
    only,
    sample: sample ?? null,
    seed,
    diff: diff ?? (flags.thorough ? 'on' : 'stop'),
    triesEquivalents: flags.equivalents === true,
    workers,
    isVerbose: flags.verbose === true,
    isList: flags.list === true,
  };
}

async function runDrift(file: string, options: DriftOptions): Promise<void> {
  if (!(await drift(readConfiguration(file, root), options))) process.exitCode = 1;
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a positive integer.');
}
