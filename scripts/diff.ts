import { copyFileSync, writeFileSync } from 'node:fs';
import {
  contractFile,
  type Impact,
  lastRelease,
  type ReleaseVerdict,
  raiseVersions,
  redoclyJson,
  releasedContractFile,
  releasedVersionsFile,
  releaseVerdict,
  root,
  type VersionDemand,
  workingTree,
} from '@contract-first/release';
import { program } from 'commander';

program
  .name('npm run diff --')
  .description('Rates what has changed since the contract was released, and fails if a version does not tell of it.')
  .option('--bump', 'raise the versions instead of failing')
  .option('--release', 'make the contract of today the released one, once its versions tell of the changes')
  .action(diff);

await program.parseAsync();

/** The part of `redocly diff --format json` that is read here. */
interface Report {
  readonly bump?: Impact;
  readonly changes: readonly { readonly verdicts: readonly { readonly impact: Impact; readonly message: string }[] }[];
}

async function diff(options: { readonly bump?: true; readonly release?: true }): Promise<void> {
  const args = ['diff', releasedContractFile, contractFile, '--fail-on', 'none'];
  // The shape is Redocly's own; the test that compares a breaking change reads it.
  const report = (await redoclyJson(...args)) as Report;
  const verdict = releaseVerdict(lastRelease(), workingTree(), report.bump ?? null);
  print(verdict, report);
  if (verdict.demands.length === 0) options.release && release();
  else if (options.bump) bump(verdict.demands);
  else refuse(verdict.demands);
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

function release(): void {
  copyFileSync(root + contractFile, root + releasedContractFile);
  writeFileSync(root + releasedVersionsFile, `${JSON.stringify(workingTree().versions, null, 2)}\n`);
  console.log(`Commit ${releasedContractFile} and ${releasedVersionsFile}, then tag and publish.`);
}
