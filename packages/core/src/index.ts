export type * from './contract.ts';
export type { Authenticator, Principal } from './principal.ts';
export { InvalidTokenError } from './principal.ts';
export type { ErrorDocument, ErrorObject, Problem, ProblemErrorOptions, ProblemSource } from './problem.ts';
export { ProblemError, errorDocument } from './problem.ts';
export type { ProblemName } from './problems.ts';
export { problem } from './problems.ts';
