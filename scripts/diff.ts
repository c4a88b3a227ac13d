import { parseArgs } from 'node:util';
import type { Impact } from '@contract-first/release';
import {
  contractFile,
  lastRelease,
  type ReleaseVerdict,
  raiseVersions,
  redoclyJson,
  releasedContractFile,
  releaseVerdict,
  type VersionDemand,
  workingTree,
} from '@contract-first/release';

/**
 * Compares openapi.yaml with the contract that was released last, and exits with 1 if `info.version` or a package's
 * version does not tell of the changes. With `--bump` it raises the versions instead.
 */

/** The part of `redocly diff --format json` that is read here. */
interface Report {
  readonly bump?: Impact;
  readonly changes: readonly { readonly verdicts: readonly { readonly impact: Impact; readonly message: string }[] }[];
}

const { values } = parseArgs({ options: { bump: { type: 'boolean', default: false } } });

const report = await redoclyReport();
const verdict = releaseVerdict(lastRelease(), workingTree(), report.bump ?? null);
print(verdict, report);
if (verdict.demands.length > 0) {
  if (values.bump) bump(verdict.demands);
  else refuse(verdict.demands);
}

async function redoclyReport(): Promise<Report> {
  const args = ['diff', releasedContractFile, contractFile, '--fail-on', 'none'];
  // The shape is Redocly's own; the test that compares a breaking change reads it.
  return (await redoclyJson(...args)) as Report;
}

function print({ changes, impact }: ReleaseVerdict, { changes: rated }: Report): void {
  if (impact === null) {
    console.log('The contract is the one that was released last.');
    return;
  }
  console.log(`Since the last release the contract has changed; the change is ${impact}.`);
  for (const { pointer, kind, impact: own } of changes) console.log(`  ${own.padEnd(5)} ${kind.padEnd(7)} #${pointer}`);
  const opinions = rated.flatMap(({ verdicts }) => verdicts.map(({ impact: own, message }) => `${own}: ${message}`));
  for (const opinion of new Set(opinions)) console.log(`  redocly: ${opinion}`);
}

function refuse(demands: readonly VersionDemand[]): void {
  for (const { what, found, least } of demands) {
    console.error(`${what}: the version is ${found}, but must be at least ${least}.`);
  }
  console.error('Raise them with: npm run diff -- --bump && npm run generate. Or take the changes back.');
  process.exitCode = 1;
}

function bump(demands: readonly VersionDemand[]): void {
  for (const file of raiseVersions(demands)) console.log(`raised in ${file}`);
  console.log('Now run: npm run generate');
}
