import { appReplacements } from './app-replacements.ts';
import { overloadReplacements } from './overload-replacements.ts';
import { protocolReplacements } from './protocol-replacements.ts';
import type { Replacement } from './replacement.ts';
import { routeReplacements } from './route-replacements.ts';

/** Changes on the server's side that no operator makes. */
export const serverReplacements: readonly Replacement[] = [
  ...routeReplacements,
  ...protocolReplacements,
  ...overloadReplacements,
  ...appReplacements,
];
