export { discover } from './discovery.ts';
export { isJsonObject, type JsonObject, stringList } from './json-object.ts';
export { createKeySet, type KeySet, type KeySetState } from './key-set.ts';
export { type Fetch, fetchDocument, requireSecureUrl } from './provider-document.ts';
export { createTokenVerifier, type TokenVerifierOptions } from './token-verification.ts';
