export { type DriftConfiguration, readConfiguration, type SourceArea } from './configuration/configuration.ts';
export { contractMutants } from './contract/contract-mutants.ts';
export { drift } from './drift.ts';
export type { Mutant } from './mutants/mutant.ts';
export type { DriftOptions } from './options.ts';
export { sourceMutants } from './source/source-mutants.ts';
