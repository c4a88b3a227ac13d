/**
 * Wrong authenticators must not compile. The compiler checks this file; each directive fails the type check as soon as
 * the line below it compiles.
 */

import type { Authenticator, Handlers } from '@contract-first/core';
import { contract, type operations } from '@user-api/contract';
import { type Authenticators, contractPlugin, createServer } from '../../src/index.ts';

declare const handlers: Handlers<operations>;
declare const authenticate: Authenticator;
declare const three: Readonly<Record<Schemes | 'Basic', Authenticator>>;

type Schemes = keyof typeof contract.securitySchemes;

export const complete: Authenticators<Awaited<ReturnType<typeof authenticate>>, Schemes> = {
  OAuth2: authenticate,
  OIDC: authenticate,
};

export function takesExactlyOneForEachScheme(): void {
  createServer({ contract, handlers, authenticators: complete });
  contractPlugin({ contract, handlers, authenticators: complete });

  // @ts-expect-error an authenticator is missing
  createServer({ contract, handlers, authenticators: { OAuth2: authenticate } });
  // @ts-expect-error an authenticator belongs to no security scheme
  createServer({ contract, handlers, authenticators: { ...complete, Basic: authenticate } });
  // @ts-expect-error an authenticator belongs to no security scheme
  createServer({ contract, handlers, authenticators: three });
  // @ts-expect-error an authenticator is missing
  contractPlugin({ contract, handlers, authenticators: { OIDC: authenticate } });
  // @ts-expect-error it does not say who sends the request
  createServer({ contract, handlers, authenticators: { ...complete, OIDC: async () => true } });
}
