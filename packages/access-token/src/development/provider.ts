/// <reference path="./oidc-provider.d.ts" />
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, Provider } from 'oidc-provider';
import { developmentClaims, developmentClient, developmentGrantType, registerDevelopmentGrant } from './grant.ts';
import { type DevelopmentKeys, loadDevelopmentKeys } from './keys.ts';
import { handleInteraction, isInteraction } from './login.ts';
import { DevelopmentStore } from './store.ts';

export interface DevelopmentProviderOptions {
  /** The service's name; clients, grant type and resource are named after it. */
  readonly name: string;
  /** Offered at the login page: the `sub` of a user that is there. */
  readonly suggestedSubject: string;
  /** A loopback address: whoever reaches this provider can be any user. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the signing keys are kept; made on first use. */
  readonly keysFile: string;
  /** `aud` of the access tokens. */
  readonly audience: string;
  /** The scopes of the service. */
  readonly scopes: readonly string[];
  /** The value of NODE_ENV. */
  readonly environment: string | undefined;
  /**
   * Where the browser may be sent back to. Every port of these addresses is allowed (RFC 8252 §7.3).
   * @default the root, `/callback`, `/console/` and `/console/callback` of 127.0.0.1 and localhost
   */
  readonly redirectUris?: readonly string[];
  /** Told of failures within the provider. */
  readonly onError?: (error: unknown) => void;
}

export interface DevelopmentProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** The public client of web pages. */
export function consoleClient(name: string): string {
  return `${name}-console`;
}

function resourceOf({ name }: DevelopmentProviderOptions): string {
  return `urn:${name}:resource`;
}

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '::1'];
const REDIRECT_PATHS = ['/', '/callback', '/console/', '/console/callback'];

/**
 * Starts an OpenID provider for development: authorization code with PKCE for the web page, and tokens for any user on
 * the command line. Access tokens are JWTs (RFC 9068).
 *
 * @throws Error with NODE_ENV=production, on a host that others can reach, or that of `listen` when the port is taken
 */
export async function startDevelopmentProvider(options: DevelopmentProviderOptions): Promise<DevelopmentProvider> {
  const { host, port, environment, keysFile } = options;
  if (environment === 'production') throw new Error('The development identity provider must not run in production.');
  if (!LOOPBACK_HOSTS.includes(host)) {
    throw new Error(`The development identity provider must listen on ${LOOPBACK_HOSTS.join(', ')}, not on ${host}.`);
  }
  // Loaded here, so that a production installation needs no oidc-provider.
  const [keys, { Provider, errors }] = await Promise.all([loadDevelopmentKeys(keysFile), import('oidc-provider')]);
  const server = createServer();
  const issuer = await listen(server, host, port);
  const provider = new Provider(issuer, configuration(options, keys));
  registerDevelopmentGrant(
    provider,
    options.name,
    errors,
    () => new provider.ResourceServer(resourceOf(options), resourceServer(options)),
  );
  provider.on('error', (error) => options.onError?.(error));
  provider.on('server_error', (_context, error) => options.onError?.(error));
  server.on('request', requestListener(provider, options, issuer));
  return { issuer, close: () => close(server) };
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      // A server that listens on a port has an AddressInfo.
      const address = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`);
    });
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

function requestListener(provider: Provider, options: DevelopmentProviderOptions, issuer: string): RequestListener {
  const callback = provider.callback();
  const { suggestedSubject, scopes } = options;
  const page = { suggestedSubject, resource: resourceOf(options), resourceScope: scopes.join(' ') };
  const { host } = new URL(issuer);
  return (request, response) => {
    // A foreign name that resolves to this address would let a website act as a local program (DNS rebinding).
    if (request.headers.host !== host) return void response.writeHead(421).end(`This is ${issuer}\n`);
    if (!isInteraction(request)) return void callback(request, response);
    handleInteraction(provider, page, request, response).catch((error: unknown) => {
      options.onError?.(error);
      response.writeHead(400, { 'content-type': 'text/plain' }).end('The sign-in has ended. Start again.\n');
    });
  };
}

/** Everything for which oidc-provider would otherwise print a notice is set here. */
function configuration(options: DevelopmentProviderOptions, jwks: DevelopmentKeys): object {
  const store = new DevelopmentStore();
  return {
    adapter: (model: string) => store.adapter(model),
    clientAuthMethods: ['none'],
    clients: clients(options),
    clientBasedCORS: (_context: Context, origin: string, { clientId }: { clientId: string }) =>
      clientId === consoleClient(options.name) && isLoopbackOrigin(origin),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    extraTokenClaims: developmentClaims,
    features: features(options),
    findAccount: (_context: Context, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    jwks,
    renderError: (context: Context, { error, error_description: description }: Record<string, string>) => {
      context.type = 'text';
      context.body = `${error}: ${description}\n`;
    },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    ttl: lifetimes,
  };
}

/** In seconds. */
const lifetimes = {
  AccessToken: 3600,
  AuthorizationCode: 60,
  Grant: 86_400,
  IdToken: 3600,
  Interaction: 600,
  RefreshToken: 86_400,
  Session: 86_400,
};

function clients({ name, redirectUris = defaultRedirectUris() }: DevelopmentProviderOptions): object[] {
  const isPublic = { token_endpoint_auth_method: 'none' };
  return [
    {
      client_id: consoleClient(name),
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: redirectUris,
      ...isPublic,
    },
    {
      client_id: developmentClient(name),
      grant_types: [developmentGrantType(name)],
      redirect_uris: [],
      response_types: [],
      ...isPublic,
    },
  ];
}

function defaultRedirectUris(): string[] {
  return ['127.0.0.1', 'localhost'].flatMap((host) => REDIRECT_PATHS.map((path) => `http://${host}${path}`));
}

function features(options: DevelopmentProviderOptions): object {
  return {
    devInteractions: { enabled: false },
    // The service takes Bearer tokens only.
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resourceOf(options),
      getResourceServerInfo: () => resourceServer(options),
    },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  };
}

function resourceServer({ audience, scopes }: DevelopmentProviderOptions): object {
  return { audience, scope: scopes.join(' '), accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
}

function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && [...LOOPBACK_HOSTS, '[::1]'].includes(url.hostname);
}
