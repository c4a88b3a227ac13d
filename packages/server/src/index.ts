export type { Authenticators } from './authorization.ts';
export { BootError } from './boot.ts';
export { createOperationLookup, type OperationLookup } from './operation-lookup.ts';
export type { Admission, ContractOptions, ErrorBodies, PrincipalAdmission } from './options.ts';
export type { OverloadCheck } from './overload.ts';
export { contractPlugin } from './plugin.ts';
export type { ContractViolation } from './reply-check.ts';
export type { ServerOptions } from './server.ts';
export { createServer } from './server.ts';
