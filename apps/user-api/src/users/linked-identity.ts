import { type JsonObject, stringList } from '@contract-first/access-token';
import { type Problem, ProblemError } from '@contract-first/core';

/** Which linked identity the operator requires (A26). */
export interface LinkedIdentityRule {
  /** The identity provider that the user must have logged in with; null if none is required. */
  readonly identityProvider: string | null;
  /** The claim that names the user's identity providers: a string or a list of strings. */
  readonly claim: string;
}

const missingLinkedIdentity: Problem = {
  status: 401,
  code: 'missing-linked-identity',
  title: 'Missing linked identity for authorized access',
  detail:
    'Linked identity is needed to access this resource, please check why the user does not have a linked identity',
};

/**
 * Makes the check of a token's claims that refuses a user without the required identity provider.
 *
 * @returns a function that throws ProblemError 401 `missing-linked-identity`
 */
export function linkedIdentityCheck({ identityProvider, claim }: LinkedIdentityRule): (payload: JsonObject) => void {
  return (payload) => {
    if (identityProvider === null || stringList(payload, claim)?.includes(identityProvider)) return;
    throw new ProblemError(missingLinkedIdentity);
  };
}
