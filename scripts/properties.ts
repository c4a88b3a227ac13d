import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@contract-first/release';
import { InvalidArgumentError, program } from 'commander';
import { execa } from 'execa';

program
  .name('npm run test:properties --')
  .description('Runs every test file that has properties, with a random seed each time, and stops at a failure.')
  .argument('[files...]', 'only files whose paths have one of these in them')
  .option('--times <count>', 'how many times', wholeNumber, 1)
  .option('--seed <seed>', 'the seed of the first time, to see a failure again', wholeNumber)
  .action(tryProperties);

await program.parseAsync();

interface Options {
  readonly times: number;
  readonly seed?: number;
}

async function tryProperties(only: readonly string[], { times, seed }: Options): Promise<void> {
  const files = propertyFiles().filter((file) => only.length === 0 || only.some((part) => file.includes(part)));
  if (files.length === 0) throw new Error(`No test file with properties has ${only.join(' or ')} in its path.`);
  for (let time = 1; time <= times; time += 1) {
    const own = time === 1 && seed !== undefined ? seed : Math.floor(Math.random() * 2 ** 31);
    console.log(`time ${time} of ${times}, seed ${own}, ${files.length} files`);
    const env = { PROPERTY_SEED: String(own) };
    const args = ['run', '--reporter=dot', '--testTimeout=120000', ...files];
    const { failed } = await execa('vitest', args, {
      cwd: root,
      env,
      preferLocal: true,
      localDir: root,
      stdio: 'inherit',
      reject: false,
    });
    if (!failed) continue;
    console.error(`To see it again: npm run test:properties -- --seed ${own}`);
    process.exitCode = 1;
    return;
  }
}

/** Relative to the top level. */
function propertyFiles(): string[] {
  return ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => `${folder}/${file}`)
      .filter((file) => /\bfc\./.test(readFileSync(join(root, file), 'utf8'))),
  );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}
