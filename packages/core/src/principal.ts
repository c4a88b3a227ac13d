/** Who sends a request, as a verified token says (RFC 9068 §2.2). */
export interface Principal {
  /** The token's `sub`. */
  readonly subject: string;
  /** The token's scopes, exact and case-sensitive (RFC 6749 §3.3). */
  readonly scopes: ReadonlySet<string>;
}

/**
 * Verifies a Bearer token for one security scheme.
 *
 * @param token what follows `Bearer ` in the Authorization header; not yet checked in any way
 * @throws {@link InvalidTokenError} if the token is not to be trusted; the client gets 401 `invalid_token` and no reason
 * @throws `ProblemError` for another answer, for example 503 while the identity provider's keys are out of reach
 */
export type Authenticator<P extends Principal = Principal> = (token: string) => Promise<P>;

/** A token that is not to be trusted. The message is for the log; it holds neither the token nor a claim's value. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}
