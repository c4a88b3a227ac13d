import { copyFileSync, writeFileSync } from 'node:fs';
import {
  contractFile,
  lastRelease,
  releasedContractFile,
  releasedVersionsFile,
  releaseVerdict,
  root,
  workingTree,
} from '@contract-first/release';
import { runStep, type Step } from './gates/step.ts';

/** Makes today's contract the released one, once its files are generated and its versions tell of the changes. */

const steps: readonly Step[] = [
  { name: 'generate:check', command: 'npm', args: ['run', '--silent', 'generate:check'] },
  { name: 'diff', command: process.execPath, args: ['--conditions=source', 'scripts/diff.ts'], isShown: true },
];

let isReady = true;
for (const step of steps) isReady = (await runStep(step)).passed && isReady;
if (isReady) release();
else process.exitCode = 1;

function release(): void {
  const today = workingTree();
  if (releaseVerdict(lastRelease(), today).changes.length === 0)
    console.log('Nothing has changed since the last release.');
  copyFileSync(root + contractFile, root + releasedContractFile);
  writeFileSync(root + releasedVersionsFile, `${JSON.stringify(today.versions, null, 2)}\n`);
  console.log(`Commit ${releasedContractFile} and ${releasedVersionsFile}, then tag and publish.`);
}
