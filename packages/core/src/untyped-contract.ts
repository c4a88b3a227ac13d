import type { AnyOperations, Contract } from './contract.ts';

/** The contract for code that looks operations up by name and knows none of their types. */
export function untypedContract<Operations>(contract: Contract<Operations>): Contract<AnyOperations> {
  // `Operations` types `types` alone, which no value has, and the keys of a table that has the same rows for every type.
  return contract as unknown as Contract<AnyOperations>;
}
