import { parseArgs } from 'node:util';
import type { DiffUse } from './messages.ts';
import type { Area } from './mutant.ts';

export const usage = `Usage: npm run drift -- [options]

Changes the contract, the server and the client in many small ways, each in a copy of the sources, and counts which of
them a gate notices. Exits with 1 if one of them survives. Reports are .reports/drift.md and .reports/drift.json.

Options:
  --area AREA       contract, server or client; may be repeated (default: all of them)
  --thorough        tries what operators make of every line of server and client, too; takes hours
  --kind KIND       only mutants of this kind, those of operators too; may be repeated
  --only ID         only this mutant; may be repeated
  --sample N        only N mutants, chosen by chance, of as many kinds as possible
  --seed S          what chance depends on (default: 1)
  --diff USE        stop: what the version rule notices is shown to no other gate (default)
                    on: it is (default with --thorough); off: there is no version rule
  --equivalents     tries those in apps/user-api/drift/equivalents.yaml, too
  --workers N       processes, each with a copy of the sources (default: 2)
  --verbose         tells what each worker does
  --list            prints the mutants and tries none
  --help            prints this text
`;

export interface DriftOptions {
  readonly areas: readonly Area[];
  /** Whether the mutants of operators are tried, too. */
  readonly isThorough: boolean;
  readonly kinds: readonly string[];
  readonly only: readonly string[];
  /** null for all. */
  readonly sample: number | null;
  readonly seed: string;
  readonly diff: DiffUse;
  readonly triesEquivalents: boolean;
  readonly workers: number;
  readonly isVerbose: boolean;
  readonly isList: boolean;
  readonly isHelp: boolean;
}

const allAreas: readonly Area[] = ['contract', 'client', 'server'];
const diffUses: readonly DiffUse[] = ['on', 'stop', 'off'];

/** @throws {TypeError} that names the option, if there is no such option or value */
export function parseOptions(args: readonly string[]): DriftOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      area: { type: 'string', multiple: true },
      thorough: { type: 'boolean', default: false },
      kind: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      diff: { type: 'string' },
      equivalents: { type: 'boolean', default: false },
      workers: { type: 'string', default: '2' },
      verbose: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const sample = values.sample === undefined ? null : positive('sample', values.sample);
  return {
    areas: values.area === undefined ? allAreas : values.area.map((area) => oneOf('area', allAreas, area)),
    isThorough: values.thorough || values.kind !== undefined || values.only !== undefined,
    kinds: values.kind ?? [],
    only: values.only ?? [],
    sample,
    seed: values.seed,
    diff: oneOf('diff', diffUses, values.diff ?? (values.thorough ? 'on' : 'stop')),
    triesEquivalents: values.equivalents,
    workers: positive('workers', values.workers),
    isVerbose: values.verbose,
    isList: values.list,
    isHelp: values.help,
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new TypeError(`--${name} must be a positive integer, not ${text}.`);
  return number;
}

function oneOf<T extends string>(name: string, allowed: readonly T[], text: string): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw new TypeError(`--${name} must be one of ${allowed.join(', ')}, not ${text}.`);
  return found;
}
