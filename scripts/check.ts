import { program } from 'commander';
import { checkGates } from './gates/check-gates.ts';
import { runGates } from './gates/run-gates.ts';
import { testGates } from './gates/test-gates.ts';

program
  .name('npm run check --')
  .description('Runs every gate, each to its end, and exits with 1 if one of them is red.')
  .option('--after-test', 'leave out the gates of npm test')
  .action(({ afterTest = false }: { afterTest?: boolean }) =>
    runGates(afterTest ? checkGates : [...testGates, ...checkGates]),
  );

await program.parseAsync();
