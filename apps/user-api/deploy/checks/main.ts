import { createProgram } from '../../reliability/harness/program.ts';
import { checkHaproxy } from './haproxy.ts';
import { checkPatroni } from './patroni.ts';
import { checkImage } from './service-in-image.ts';
import { checkUnits } from './units.ts';

interface Check {
  readonly name: string;
  readonly run: () => void | Promise<void>;
  readonly remedy: string;
}

const checks: readonly Check[] = [
  { name: 'units', run: checkUnits, remedy: 'correct deploy/*.service; needs systemd-analyze' },
  { name: 'haproxy', run: checkHaproxy, remedy: 'correct deploy/haproxy.cfg; needs haproxy' },
  { name: 'patroni', run: checkPatroni, remedy: 'correct deploy/patroni.yml; needs patroni and postgresql' },
  { name: 'image', run: checkImage, remedy: 'correct deploy/Dockerfile; needs postgresql' },
];

await createProgram('check:deploy', 'Checks what operators are given, each file with the program that it is for.')
  .action(async () => {
    for (const check of checks) await runToItsEnd(check);
  })
  .parseAsync();

async function runToItsEnd({ name, run, remedy }: Check): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}\n${remedy}`);
    process.exitCode = 1;
  }
}
