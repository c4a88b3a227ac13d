/**
 * How the identity provider marks its access tokens: `rfc9068` by the header type `at+jwt`, `keycloak` by the header
 * type `JWT` and the claim `typ: Bearer`.
 */
export type TokenProfile = 'rfc9068' | 'keycloak';
