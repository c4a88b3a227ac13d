import { createRequire } from 'node:module';
import type Compiler from '../../../packages/codegen/node_modules/typescript/lib/typescript.d.ts';

/** TypeScript 5.9, which the generator brings: TypeScript 7 has no compiler API for JavaScript. */
const load = createRequire(new URL('../../../packages/codegen/package.json', import.meta.url));

// The package is the one whose types are imported above.
export const ts = load('typescript') as typeof Compiler;
export type { Compiler };
