import { runGates, testGates } from './gates.ts';

/** Runs the gates that need nothing but the sources: the first ones of `npm run check`. */

await runGates(testGates);
