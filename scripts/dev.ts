import { watch } from 'node:fs';
import { root } from '@contract-first/release';
import { program } from 'commander';
import { execa } from 'execa';

const node = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
const options = { cwd: root, stdio: 'inherit', reject: false } as const;

/** Editors write a file in several steps; milliseconds within which these are one change. */
const SETTLED = 50;

async function develop(): Promise<void> {
  await generate();
  let change: NodeJS.Timeout | undefined;
  // Editors replace a file instead of writing it, which only its folder reports.
  const watcher = watch(root, (_event, file) => {
    if (file !== 'openapi.yaml') return;
    clearTimeout(change);
    change = setTimeout(generate, SETTLED);
  });
  const restarting = ['--watch', '--watch-preserve-output', ...node];
  const service = execa(process.execPath, [...restarting, 'apps/user-api/src/main.ts', 'serve'], options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => service.kill(signal));
  await service;
  watcher.close();
}

async function generate(): Promise<void> {
  await execa(process.execPath, [...node, 'packages/codegen/src/main.ts', 'generate'], options);
}

program
  .name('npm run dev')
  .description('Runs the service, generates anew when openapi.yaml changes, and restarts when a source changes.')
  .action(develop);

await program.parseAsync();
