/** The few parts of oidc-provider that are used; the package brings no types. */
declare module 'oidc-provider' {
  import type { EventEmitter } from 'node:events';
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Client {
    readonly clientId: string;
  }

  export interface Context {
    readonly oidc: {
      readonly client: Client;
      readonly params?: Readonly<Record<string, unknown>>;
    };
    type: string;
    body: unknown;
  }

  export interface Interaction {
    readonly prompt: { readonly name: string };
    readonly params: Readonly<Record<string, unknown>>;
    readonly session?: { readonly accountId: string };
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    /** Returns the id of the grant. */
    save(): Promise<string>;
  }

  export interface AccessToken {
    resourceServer: ResourceServer;
    /** Returns the token's text. */
    save(): Promise<string>;
  }

  /** A protected resource, RFC 8707. */
  export interface ResourceServer {
    readonly audience: string;
    readonly scope: string;
  }

  export class Provider extends EventEmitter {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (facts: {
      accountId: string;
      clientId: string;
    }) => Grant;
    readonly AccessToken: new (facts: {
      client: Client;
      accountId: string;
      scope: string;
      expiresIn: number;
      gty: string;
    }) => AccessToken;
    readonly ResourceServer: new (
      identifier: string,
      info: object,
    ) => ResourceServer;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    registerGrantType(name: string, handler: (context: Context) => Promise<void>, parameters: readonly string[]): void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }

  export const errors: {
    readonly InvalidRequest: new (description: string) => Error;
    readonly InvalidScope: new (description: string, scope: string) => Error;
  };
}
