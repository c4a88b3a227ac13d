import type { Contract, Handlers, Principal, ProblemError } from '@contract-first/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticators } from './authorization.ts';
import type { ErrorFormat } from './error-format.ts';
import type { ContractViolation } from './reply-check.ts';

/** Runs before anything of the request but its address is looked at; throws a ProblemError to turn it away. */
export type Admission = (request: FastifyRequest) => Promise<void>;

/** Runs once it is known who sends the request and that they may; throws a ProblemError to turn it away. */
export type PrincipalAdmission<P extends Principal> = (request: FastifyRequest, principal: P) => Promise<void>;

export interface ContractOptions<Operations, P extends Principal = Principal, Schemes extends string = string> {
  readonly contract: Contract<Operations, Schemes>;
  /** Exactly one handler for each operation. */
  readonly handlers: Handlers<Operations, P>;
  /** Exactly one authenticator for each security scheme of the contract. */
  readonly authenticators: Authenticators<P, Schemes>;
  /**
   * The protection space that challenges name.
   * @default the contract's title in kebab-case
   */
  readonly realm?: string;
  /**
   * Turns requests away before authentication, for example by a rate limit. It is called with the server, so that it
   * may register what it needs.
   * @default everything is admitted
   */
  readonly admission?: (app: FastifyInstance) => Promise<Admission>;
  /**
   * Turns requests away by who sends them, for example by a rate limit for each subject. It comes directly after 401 and
   * 403, because nobody is known before, and before the request's headers and body are judged; public operations do not
   * have it. An {@link admission} that limits addresses keeps its place before authentication.
   * @default everybody is admitted
   */
  readonly principalAdmission?: (app: FastifyInstance) => Promise<PrincipalAdmission<P>>;
  /**
   * The origins whose pages may read replies (Fetch Standard §3.2). Each as browsers send it: `https://app.example`.
   * @default none
   */
  readonly corsOrigins?: readonly string[];
  /**
   * What becomes of a reply that breaks the contract: `refuse` answers with the internal error instead, `report` lets
   * it go out.
   * @default 'refuse'
   */
  readonly contractViolations?: 'refuse' | 'report';
  /**
   * Receives every reply that breaks the contract, besides the log.
   * @default nobody
   */
  readonly onContractViolation?: (violation: ContractViolation) => void;
  /**
   * Turns errors of handlers, authenticators and admissions into what the client is told, for example an outage of the
   * database into 503; null for those that it does not know, which are unexpected failures.
   * @default none is known but ProblemError
   */
  readonly problemOf?: (error: unknown) => ProblemError | null;
  /**
   * How errors that the server answers by itself are written.
   * @default that in which the contract declares its errors: JSON:API or problem details (see `defaultErrorFormat`)
   */
  readonly errorFormat?: ErrorFormat;
  /**
   * The status of a request that breaks the contract, for operations that declare neither.
   * @default 422 if the contract declares 422 or speaks JSON:API, otherwise 400
   */
  readonly invalidRequestStatus?: 400 | 422;
  /**
   * What becomes of a contract whose operations do not declare every status that the server itself may answer for them:
   * `allow` serves it, `refuse` does not boot.
   * @default 'allow'
   */
  readonly undeclaredErrors?: 'allow' | 'refuse';
}
