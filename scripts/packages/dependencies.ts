import { packages } from '@contract-first/release';
import { forbiddenDependencies } from './package-dependencies.ts';

/** Refuses a package.json whose dependencies point the wrong way. */

const complaints = forbiddenDependencies(packages());
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
