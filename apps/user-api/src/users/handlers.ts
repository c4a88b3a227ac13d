import type { Handlers } from '@contract-first/core';
import type { operations } from '@user-api/contract';
import type { UserStore } from '../storage/user-store.ts';
import { getUser } from './get-user.ts';
import { updateUser } from './update-user.ts';

/** One handler for each operation of the contract; the compiler and the boot check want exactly these. */
export function createHandlers(users: UserStore): Handlers<operations> {
  return {
    GetUser: getUser(users),
    UpdateUser: updateUser(users),
  };
}
