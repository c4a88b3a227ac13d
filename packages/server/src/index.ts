export type { Authenticators } from './authorization.ts';
export { BootError } from './boot.ts';
export type { Admission, ContractOptions, ErrorBodies, PrincipalAdmission } from './options.ts';
export { contractPlugin, operationOf } from './plugin.ts';
export type { ContractViolation } from './reply-check.ts';
export type { ServerOptions } from './server.ts';
export { createServer } from './server.ts';
