export { startChild } from './child-process.ts';
export {
  type Connection,
  chunked,
  exchangeBytes,
  openConnection,
  requestHead,
  type WireResponse,
} from './http/connection.ts';
export { head, rawRequest } from './http/raw-request.ts';
export { makeSigningKey, type SigningKey, startIssuer, TEST_USER, type TestIssuer } from './issuer.ts';
export {
  type ErrorObject,
  exchange,
  rawExchange,
  type ServiceRequest,
  type ServiceResponse,
  summary,
} from './json-api/exchange.ts';
export { expectErrorDocument, expectFaults, expectRefusal, expectStandardHeaders } from './json-api/refusal.ts';
export { type Binaries, findBinaries, postgresMissing, requireBinaries } from './postgres/postgres-binaries.ts';
export { type Cluster, createCluster, durable, unprivilegedIdentity } from './postgres/postgres-cluster.ts';
export { freePort, type Identity } from './postgres/postgres-server.ts';
export { killTree } from './process-tree.ts';
export { runCheck } from './run-check.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export { type Copy, copyRepository } from './workspace-copy.ts';
