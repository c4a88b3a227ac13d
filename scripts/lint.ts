import { program } from 'commander';
import { program as node } from './gates/gate.ts';
import { runStep, type Step } from './gates/step.ts';

const linters: readonly Step[] = [
  { name: 'redocly', command: 'redocly', args: ['lint', '--lint-config=error', 'openapi.yaml'] },
  { name: 'biome', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'knip', command: 'knip', args: ['--no-progress', '--no-config-hints'] },
  { name: 'turbo boundaries', command: 'turbo', args: ['boundaries'] },
  { name: 'dependencies', ...node('scripts/packages/dependencies.ts') },
];

program
  .name('npm run lint')
  .description('Runs every linter, each to its end, and exits with 1 if one of them complains.')
  .action(lint);

await program.parseAsync();

async function lint(): Promise<void> {
  const failed: string[] = [];
  for (const linter of linters) {
    const { name, passed } = await runStep(linter);
    if (!passed) failed.push(name);
  }
  if (failed.length === 0) return;
  console.log(`Failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
