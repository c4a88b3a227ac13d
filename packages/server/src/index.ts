export type { Authenticators } from './authorization.ts';
export { BootError } from './boot.ts';
export {
  defaultErrorFormat,
  type ErrorBody,
  type ErrorFormat,
  jsonApiErrors,
  problemDetails,
  type ServerError,
} from './error-format.ts';
export { createOperationLookup, type OperationLookup } from './operation-lookup.ts';
export type { Admission, ContractOptions, PrincipalAdmission } from './options.ts';
export type { OverloadCheck } from './overload.ts';
export { contractPlugin } from './plugin.ts';
export type { ContractViolation } from './reply-check.ts';
export type { ServerOptions } from './server.ts';
export { createServer } from './server.ts';
