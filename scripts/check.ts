import { allGates, runGates } from './gates.ts';

/** Runs every gate, each to its end, and exits with 1 if one of them is red. */

await runGates(allGates);
