import { type Problem, ProblemError } from '@contract-first/core';
import { type JsonObject, stringList } from './json-object.ts';

/** Which linked identity the operator requires (A26). */
export interface LinkedIdentityRule {
  /** The identity provider that the user must have logged in with. */
  readonly identityProvider: string;
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

/** @throws ProblemError 401 `missing-linked-identity` if the token does not name the required identity provider */
export function requireLinkedIdentity(payload: JsonObject, rule: LinkedIdentityRule): void {
  if (!stringList(payload, rule.claim)?.includes(rule.identityProvider)) throw new ProblemError(missingLinkedIdentity);
}
