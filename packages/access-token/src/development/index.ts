export { isTokenTtl, MAX_TOKEN_TTL } from './grant.ts';
export { type DevelopmentProvider, startDevelopmentProvider } from './provider.ts';
export { requestDevelopmentToken } from './token.ts';
