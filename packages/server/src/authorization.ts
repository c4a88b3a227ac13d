// By hand, not @fastify/bearer-auth: it compares the token with keys, and knows no alternatives, scopes and owners.
import {
  type Authenticator,
  InvalidTokenError,
  type Operation,
  type Principal,
  ProblemError,
  type ProblemName,
  problem,
  type SecurityRequirement,
} from '@contract-first/core';
import type { FastifyRequest } from 'fastify';
import { countFieldLines } from './header-fields.ts';

/** Exactly one authenticator for each security scheme of a contract. */
export type Authenticators<P extends Principal = Principal, Schemes extends string = string> = Readonly<
  Record<Schemes, Authenticator<P>>
>;

export interface AuthorizationOptions<P extends Principal> {
  readonly authenticators: Authenticators<P>;
  /** The protection space that challenges name (RFC 9110 §11.5). */
  readonly realm: string;
}

/**
 * Decides from the token alone who sends the request, and whether the operation's `security` and `x-owner` let them
 * (RFC 6750 §3). Nothing but the header is read.
 *
 * @returns the principal; null on a public operation
 * @throws ProblemError 401 or 403 with a challenge
 */
export async function authorize<P extends Principal>(
  request: FastifyRequest,
  operation: Operation,
  pathParameters: Readonly<Record<string, unknown>>,
  options: AuthorizationOptions<P>,
): Promise<P | null> {
  if (operation.security.length === 0) return null;
  const token = bearerToken(request, options.realm);
  const principal = await firstPermitted(operation.security, token, options);
  checkOwner(operation, principal, pathParameters);
  return principal;
}

const CREDENTIALS = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** The token of the Authorization header (RFC 6750 §2.1). No other place is looked at. */
function bearerToken(request: FastifyRequest, realm: string): string {
  const header = request.headers.authorization;
  if (header === undefined) throw unauthorized('missingToken', realm, null);
  const token = countFieldLines(request.raw, 'authorization') === 1 ? CREDENTIALS.exec(header)?.[1] : undefined;
  if (token === undefined) throw unauthorized('invalidRequest', realm, 'invalid_request');
  return token;
}

/**
 * The alternatives are tried in their order. A token that is known but lacks the scope is answered with 403 only if no
 * alternative takes it.
 */
async function firstPermitted<P extends Principal>(
  alternatives: readonly SecurityRequirement[],
  token: string,
  { authenticators, realm }: AuthorizationOptions<P>,
): Promise<P> {
  const verified = new Map<Authenticator<P>, Promise<P>>();
  let refusal: ProblemError = unauthorized('invalidToken', realm, 'invalid_token');
  for (const alternative of alternatives) {
    const outcome = await tryAlternative(alternative, token, authenticators, verified, realm);
    if (!(outcome instanceof ProblemError)) return outcome;
    if (refusal.status === 401) refusal = outcome;
  }
  throw refusal;
}

async function tryAlternative<P extends Principal>(
  alternative: SecurityRequirement,
  token: string,
  authenticators: Authenticators<P>,
  verified: Map<Authenticator<P>, Promise<P>>,
  realm: string,
): Promise<P | ProblemError> {
  let principal: P | null = null;
  for (const [scheme, scopes] of Object.entries(alternative)) {
    const authenticator = Object.hasOwn(authenticators, scheme) ? authenticators[scheme] : undefined;
    if (authenticator === undefined) throw new Error(`no authenticator for the security scheme ${scheme}`);
    const verification = verified.get(authenticator) ?? authenticator(token);
    verified.set(authenticator, verification);
    const outcome = await verification.catch((error: unknown) => refusalOf(error, realm));
    if (outcome instanceof ProblemError) return outcome;
    const { scopes: granted } = outcome;
    if (!scopes.every((scope) => granted.has(scope))) return insufficientScope(scopes, realm);
    principal = outcome;
  }
  // The generator refuses alternatives without a scheme; one that slipped through must not let anybody in.
  return principal ?? unauthorized('invalidToken', realm, 'invalid_token');
}

/** Turns what an authenticator throws into an answer; what is not about the token (an outage, a defect) goes on. */
function refusalOf(error: unknown, realm: string): ProblemError {
  if (error instanceof InvalidTokenError) return unauthorized('invalidToken', realm, 'invalid_token', error);
  if (!(error instanceof ProblemError) || error.status !== 401) throw error;
  return new ProblemError(error.problems, {
    cause: error,
    headers: { 'www-authenticate': challenge(realm), ...error.headers },
  });
}

function checkOwner(operation: Operation, principal: Principal, path: Readonly<Record<string, unknown>>): void {
  if (operation.owner === null) return;
  const { subjectParameter, unlessScope } = operation.owner;
  const subject = path[subjectParameter];
  if (typeof subject === 'string' && subject.toLowerCase() === principal.subject.toLowerCase()) return;
  if (unlessScope !== null && principal.scopes.has(unlessScope)) return;
  throw new ProblemError(problem('notOwner', { source: { header: 'Authorization' } }));
}

function insufficientScope(scopes: readonly string[], realm: string): ProblemError {
  return new ProblemError(problem('insufficientScope', { source: { header: 'Authorization' } }), {
    headers: { 'www-authenticate': challenge(realm, 'insufficient_scope', scopes) },
  });
}

function unauthorized(name: ProblemName, realm: string, error: string | null, cause?: unknown): ProblemError {
  const source = error === null ? {} : { source: { header: 'Authorization' } };
  return new ProblemError(problem(name, source), { cause, headers: { 'www-authenticate': challenge(realm, error) } });
}

function challenge(realm: string, error: string | null = null, scopes: readonly string[] = []): string {
  const parameters = [`realm="${realm}"`];
  if (error !== null) parameters.push(`error="${error}"`);
  if (scopes.length > 0) parameters.push(`scope="${scopes.join(' ')}"`);
  return `Bearer ${parameters.join(', ')}`;
}
