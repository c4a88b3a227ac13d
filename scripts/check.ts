import { allGates, runGates, testGates } from './gates.ts';

/**
 * Runs every gate, each to its end, and exits with 1 if one of them is red. With `--after-test` it leaves out those that
 * `npm test` runs.
 */

const isAfterTest = process.argv.includes('--after-test');

await runGates(isAfterTest ? allGates.filter((gate) => !testGates.includes(gate)) : allGates);
