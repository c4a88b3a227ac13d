import { runStep, type Step } from './step.ts';

/** Runs every linter, each to its end, and exits with 1 if one of them complains. */

const linters: readonly Step[] = [
  { name: 'redocly', command: 'redocly', args: ['lint', '--lint-config=error', 'openapi.yaml'] },
  { name: 'biome', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'knip', command: 'knip', args: ['--no-progress', '--no-config-hints'] },
  { name: 'turbo boundaries', command: 'turbo', args: ['boundaries'] },
  { name: 'dependencies', command: process.execPath, args: ['--conditions=source', 'scripts/dependencies.ts'] },
];

const failed: string[] = [];
for (const linter of linters) {
  const { name, passed } = await runStep(linter);
  if (!passed) failed.push(name);
}

if (failed.length > 0) {
  console.log(`Failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
