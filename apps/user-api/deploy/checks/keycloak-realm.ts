import { randomBytes } from 'node:crypto';
import { memberOf, requestGrant } from '../../reliability/harness/access-token.ts';
import type { KeycloakServer } from './keycloak-server.ts';

export interface KeycloakTokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

/** A realm with two people, a client through which the first one signs in, and a client with an account of its own. */
export interface KeycloakRealm {
  readonly issuer: string;
  readonly user: { readonly id: string };
  readonly other: { readonly id: string };
  /** The tokens of the first user, with these client scopes. */
  signIn(scopes: readonly string[]): Promise<KeycloakTokens>;
  /** What a client gets for itself (RFC 6749 §4.4). */
  clientToken(scopes: readonly string[]): Promise<{ readonly token: string; readonly accountId: string }>;
  /** Tokens are signed by a new key from then on. */
  rotateKeys(): void;
}

const REALM = 'users';
const APP = 'app';
const ROBOT = 'robot';

/** @param script gives the realm the client scopes of the service */
export function prepareRealm(keycloak: KeycloakServer, script: string): KeycloakRealm {
  const password = randomBytes(16).toString('hex');
  const secret = randomBytes(16).toString('hex');
  const create = (what: string, representation: object): string =>
    keycloak.admin(['create', what, '--target-realm', REALM, '--id'], representation).trim();
  keycloak.admin(['create', 'realms'], { realm: REALM, enabled: true });
  keycloak.script(script, [REALM]);
  // Whoever runs it again must not be worse off.
  keycloak.script(script, [REALM]);
  const person = (username: string): { readonly id: string } => ({
    id: create('users', {
      username,
      enabled: true,
      emailVerified: true,
      firstName: username,
      lastName: username,
      email: `${username}@example.com`,
      credentials: [{ type: 'password', value: password, temporary: false }],
    }),
  });
  const [user, other] = [person('first'), person('second')];
  const app = create('clients', { clientId: APP, publicClient: true, directAccessGrantsEnabled: true });
  const robot = create('clients', { clientId: ROBOT, secret, serviceAccountsEnabled: true });
  for (const { id, name } of clientScopes(keycloak)) {
    if (!name.startsWith('user:')) continue;
    for (const client of [app, robot]) {
      keycloak.admin(['update', `clients/${client}/optional-client-scopes/${id}`, '--target-realm', REALM]);
    }
  }
  const issuer = `${keycloak.url}/realms/${REALM}`;
  const endpoint = `${issuer}/protocol/openid-connect/token`;
  return {
    issuer,
    user,
    other,
    async signIn(scopes) {
      const scope = ['openid', ...scopes].join(' ');
      const grant = { grant_type: 'password', client_id: APP, username: 'first', password, scope };
      const answer = await requestGrant(endpoint, grant);
      return {
        accessToken: memberOf(answer, 'access_token'),
        idToken: memberOf(answer, 'id_token'),
        refreshToken: memberOf(answer, 'refresh_token'),
      };
    },
    async clientToken(scopes) {
      const grant = {
        grant_type: 'client_credentials',
        client_id: ROBOT,
        client_secret: secret,
        scope: scopes.join(' '),
      };
      const token = memberOf(await requestGrant(endpoint, grant), 'access_token');
      const account: unknown = JSON.parse(
        keycloak.admin(['get', `clients/${robot}/service-account-user`, '--target-realm', REALM]),
      );
      return { token, accountId: memberOf(account, 'id') };
    },
    rotateKeys() {
      create('components', {
        name: 'newer',
        providerId: 'rsa-generated',
        providerType: 'org.keycloak.keys.KeyProvider',
        config: { priority: ['1000'], keySize: ['2048'] },
      });
    },
  };
}

function clientScopes(keycloak: KeycloakServer): readonly { readonly id: string; readonly name: string }[] {
  const found: unknown = JSON.parse(
    keycloak.admin(['get', 'client-scopes', '--target-realm', REALM, '--fields', 'id,name']),
  );
  if (!Array.isArray(found)) throw new Error('Keycloak lists no client scopes.');
  return found.map((scope: unknown) => ({ id: memberOf(scope, 'id'), name: memberOf(scope, 'name') }));
}
