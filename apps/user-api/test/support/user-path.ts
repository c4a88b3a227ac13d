import { TEST_USER } from '@contract-first/testing';
import { contract } from '@user-api/contract';

/** The path of a user's record below the base path, as the contract has it: tests follow when it is renamed. */
export function userPath(id: string = TEST_USER): string {
  return contract.operations.GetUser.path.replace('{userId}', () => id);
}
