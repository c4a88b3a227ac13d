import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { compileDocument } from '@contract-first/codegen';
import { Command, InvalidArgumentError } from 'commander';
import ora from 'ora';
import { type OperationTrial, tryContract } from './trial.ts';

const description = `Tries an OpenAPI document before anything is written for it: compiles it, serves it with stub handlers on this machine,
calls every operation through the client with valid requests, and sends it the wrong ones of the test kit. Exits with 1
unless everything was answered as the document declares it.`;

interface Given {
  readonly spec: string;
  readonly samples: number;
  readonly seed: number;
}

/** The command `try`. */
export function tryCommand(version: string): Command {
  return new Command('contract-first-try')
    .description(description)
    .version(version)
    .requiredOption('--spec <file>', 'the document, YAML or JSON')
    .option('--samples <number>', 'how many values are made of each schema, besides its examples', wholeNumber, 5)
    .option('--seed <number>', 'of the made values', wholeNumber, 1)
    .action(tryFile);
}

async function tryFile({ spec, samples: count, seed }: Given): Promise<void> {
  const spinner = ora({ text: `compiling ${spec}`, isSilent: !process.stderr.isTTY }).start();
  let trials: readonly OperationTrial[];
  try {
    const { contract, document } = await compileDocument(await readFile(spec, 'utf8'), basename(spec));
    const onOperation = (operationId: string): void => {
      spinner.text = operationId;
    };
    trials = await tryContract(contract, document, { count, seed, onOperation });
  } finally {
    spinner.stop();
  }
  const faulty = trials.filter(({ faults }) => faults.length > 0);
  process.stdout.write(
    `${[...table(trials), '', ...faulty.flatMap(faultLines), verdict(trials, faulty)].join('\n')}\n`,
  );
  if (faulty.length > 0) process.exitCode = 1;
}

function table(trials: readonly OperationTrial[]): readonly string[] {
  const rows = trials.map(({ operationId, method, path, calls, probes }) => [
    operationId,
    `${method.toUpperCase()} ${path}`,
    `${calls.passed}/${calls.all}`,
    `${probes.passed}/${probes.all}`,
  ]);
  const all = [['operation', 'request', 'valid', 'wrong'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** So many faults of one operation are printed: most often they are one fault. */
const MAX_SHOWN = 5;

function faultLines({ operationId, faults }: OperationTrial): readonly string[] {
  const more = faults.length > MAX_SHOWN ? [`  … and ${faults.length - MAX_SHOWN} more`] : [];
  return [operationId, ...faults.slice(0, MAX_SHOWN).map((fault) => `  ${fault}`), ...more, ''];
}

function verdict(trials: readonly OperationTrial[], faulty: readonly OperationTrial[]): string {
  if (faulty.length > 0) return `${faulty.length} of ${trials.length} operations were not answered as declared.`;
  return `All ${trials.length} operations were answered as declared.`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}
