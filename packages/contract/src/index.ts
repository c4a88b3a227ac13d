export { contract } from './contract.gen.ts';
export type * from './types.gen.ts';
