import { program } from 'commander';
import { runGates } from './gates/run-gates.ts';
import { testGates } from './gates/test-gates.ts';

program
  .name('npm test')
  .description(
    'Runs the gates that need nothing but the sources: generated files, lint, types, examples, tests, rules, conformance.',
  )
  .action(() => runGates(testGates));

await program.parseAsync();
