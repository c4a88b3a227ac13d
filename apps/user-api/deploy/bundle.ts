import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCheck } from '@contract-first/testing';
import { createProgram } from '../reliability/harness/program.ts';
import { assertLean } from './checks/image-contents.ts';
import { buildServiceImage } from './checks/service-image.ts';

const description =
  "Writes what the service's image has into an empty folder, for machines that run it without a container.";

await createProgram('bundle', description)
  .argument('<folder>', 'empty, or not there yet')
  .action((folder: string) => runCheck(() => bundle(resolve(folder))))
  .parseAsync();

function bundle(target: string): void {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new Error(`${target} is not empty: give a new folder, and point to it when it is complete.`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'user-api-bundle-'));
  try {
    const image = buildServiceImage(folder, (step) => console.log(`  ${step}`));
    const { files, size } = assertLean(image);
    cpSync(join(image.root, image.workdir), target, { recursive: true, verbatimSymlinks: true });
    console.log(
      `${target} has the service: ${files} files, ${size.toFixed(0)} MiB. It runs with Node ${process.version}.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
