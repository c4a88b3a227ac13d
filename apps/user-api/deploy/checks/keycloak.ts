import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '@contract-first/release';
import { createCluster, requireBinaries, runCheck } from '@contract-first/testing';
import { createProgram } from '../../reliability/harness/program.ts';
import { type ServiceProcess, superviseService, untilStarted } from '../../reliability/harness/service-process.ts';
import { importUsers } from '../../reliability/ledger/import-records.ts';
import { type KeycloakRealm, prepareRealm } from './keycloak-realm.ts';
import { requireKeycloak, startKeycloak } from './keycloak-server.ts';
import { requestUser } from './user-requests.ts';

const READ = 'user:users:read';
const WRITE = 'user:users:write';
const ADMIN = 'user:users:admin';

/** Milliseconds. */
const COOLDOWN = 10_000;

/** Milliseconds in which the service must start. */
const START = 60_000;

const description =
  'Prepares a realm of a real Keycloak by keycloak.sh, and holds the service against its tokens. Needs Java and PostgreSQL.';

await createProgram('check:keycloak', description)
  .argument('<folder>', 'an unpacked Keycloak')
  .action((folder: string) => runCheck(() => check(folder)))
  .parseAsync();

async function check(unpacked: string): Promise<void> {
  const home = requireKeycloak(unpacked);
  const binaries = requireBinaries();
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'user-api-keycloak-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  console.log('… starting Keycloak, which takes up to a minute');
  const keycloak = stack.use(await startKeycloak(home, folder));
  const realm = prepareRealm(keycloak, `${root}apps/user-api/deploy/keycloak.sh`);
  console.log('✓ keycloak.sh gave the realm its client scopes');
  const cluster = await createCluster(binaries);
  stack.defer(() => cluster.remove());
  await cluster.start();
  await importUsers(cluster.url, [realm.user.id, realm.other.id]);
  const service = stack.use(
    await superviseService({
      databaseUrl: cluster.url,
      issuer: realm.issuer,
      environment: { OIDC_TOKEN_PROFILE: 'keycloak' },
    }),
  );
  await untilStarted(service, START, new AbortController().signal);
  await holdAgainst(service, realm);
  const before = keyOf((await realm.signIn([READ])).accessToken);
  realm.rotateKeys();
  // Unknown keys are asked for once in so many seconds (A23).
  await wait(COOLDOWN);
  const { accessToken } = await realm.signIn([READ]);
  if (keyOf(accessToken) === before) throw new Error('Keycloak still signs by the old key.');
  await expectStatus('a token by a new key', 200, service, realm.user.id, accessToken);
  await keycloak[Symbol.asyncDispose]();
  await expectStatus('a token that is good while Keycloak is away', 200, service, realm.user.id, accessToken);
}

async function holdAgainst(service: ServiceProcess, realm: KeycloakRealm): Promise<void> {
  const { user, other } = realm;
  const reader = await realm.signIn([READ]);
  await expectStatus("one's own record", 200, service, user.id, reader.accessToken);
  await expectStatus("another one's record", 403, service, other.id, reader.accessToken);
  await expectStatus('a change without its scope', 403, service, user.id, reader.accessToken, 'PATCH');
  const writer = await realm.signIn([READ, WRITE]);
  await expectStatus('a change with its scope', 200, service, user.id, writer.accessToken, 'PATCH');
  const administrator = await realm.signIn([READ, ADMIN]);
  await expectStatus("another one's record, as administrator", 200, service, other.id, administrator.accessToken);
  await expectStatus('an ID token', 401, service, user.id, reader.idToken);
  await expectStatus('a refresh token', 401, service, user.id, reader.refreshToken);
  const stranger = await realm.signIn([]);
  await expectStatus('a token for another audience', 401, service, user.id, stranger.accessToken);
  const robot = await realm.clientToken([READ, WRITE]);
  await expectStatus("a client's own token, for the record of its account", 403, service, robot.accountId, robot.token);
}

/** The `kid` of a token's header (RFC 7515 §4.1.4). */
function keyOf(token: string): unknown {
  const [header = ''] = token.split('.');
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid;
}

/** @throws {Error} with what was tried, if another status comes */
async function expectStatus(
  what: string,
  status: number,
  { url }: ServiceProcess,
  id: string,
  token: string,
  method: 'GET' | 'PATCH' = 'GET',
): Promise<void> {
  const answer = await requestUser(method, `${url}/users/${id}`, token);
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} instead of ${status}: ${answer.text}`);
  console.log(`✓ ${what}: ${status}`);
}
