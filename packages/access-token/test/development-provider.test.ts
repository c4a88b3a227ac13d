import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_USER } from '@contract-first/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  consoleClient,
  type DevelopmentProvider,
  type DevelopmentProviderOptions,
  startDevelopmentProvider,
} from '../src/development/provider.ts';
import { requestDevelopmentToken } from '../src/development/token.ts';
import { createKeySet } from '../src/key-set.ts';
import { createTokenVerifier, type TokenVerifierOptions } from '../src/token-verification.ts';

const SCOPES = ['user:users:read', 'user:users:write', 'user:users:admin'];
const AUDIENCE = 'user-api';
const REDIRECT_URI = 'http://127.0.0.1:5173/callback';

let folder: string;
let keysFile: string;
const running: DevelopmentProvider[] = [];
const errors: unknown[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'development-provider-'));
  keysFile = join(folder, 'state', 'keys.json');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((provider) => provider.close()));
  await rm(folder, { recursive: true });
  expect(errors.splice(0)).toEqual([]);
});

async function start(options: Partial<DevelopmentProviderOptions> = {}): Promise<string> {
  const provider = await startDevelopmentProvider({
    name: 'user-api',
    suggestedSubject: TEST_USER,
    host: '127.0.0.1',
    port: 0,
    keysFile,
    audience: AUDIENCE,
    scopes: SCOPES,
    environment: 'development',
    onError: (error) => errors.push(error),
    ...options,
  });
  running.push(provider);
  return provider.issuer;
}

function verifierFor(issuer: string, options: Partial<TokenVerifierOptions> = {}) {
  return createTokenVerifier({
    issuer,
    audience: AUDIENCE,
    keySet: createKeySet({ issuer, fetch, now: Date.now }),
    tokenProfile: 'rfc9068',
    clockTolerance: 0,
    now: Date.now,
    ...options,
  });
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

test('a development token is one that the service accepts', async () => {
  const issuer = await start();
  expect(issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const scope = 'user:users:write user:users:read';
  const token = await requestDevelopmentToken({ name: 'user-api', issuer, fetch, sub: TEST_USER, scope, ttl: 60 });
  const principal = await verifierFor(issuer)(token);
  expect(principal).toEqual({ subject: TEST_USER, scopes: new Set(scope.split(' ')) });
  const claims = claimsOf(token);
  expect(claims).toMatchObject({ iss: issuer, aud: AUDIENCE, client_id: 'user-api-development' });
  expect(claims['jti']).toEqual(expect.any(String));
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(60);
});

test('A26 a development token can name a linked identity', async () => {
  const issuer = await start();
  const request = { name: 'user-api', issuer, fetch, sub: TEST_USER, scope: 'user:users:read', ttl: 60 };
  const linked = await requestDevelopmentToken({ ...request, identityProvider: 'apple' });
  expect(claimsOf(linked)).toMatchObject({ identity_provider: 'apple' });
  expect(claimsOf(await requestDevelopmentToken(request))).not.toHaveProperty('identity_provider');
});

test('a request for a token that makes no sense is refused with the reason', async () => {
  const issuer = await start();
  const request = { name: 'user-api', issuer, fetch, sub: TEST_USER, scope: 'user:users:read', ttl: 60 };
  await expect(requestDevelopmentToken({ ...request, sub: 'alice' })).rejects.toThrow(/sub must be a UUID/);
  await expect(requestDevelopmentToken({ ...request, scope: 'other' })).rejects.toThrow(
    /knows these scopes: user:users:read/,
  );
  await expect(requestDevelopmentToken({ ...request, scope: '' })).rejects.toThrow(/scope/);
  for (const ttl of [0, -1, 0.5, 86_401]) {
    await expect(requestDevelopmentToken({ ...request, ttl })).rejects.toThrow(/ttl must be an integer/);
  }
});

test('tokens outlive the process, because the keys are kept where only the owner can read them', async () => {
  const first = await start();
  const port = Number(new URL(first).port);
  const token = await requestDevelopmentToken({
    name: 'user-api',
    issuer: first,
    fetch,
    sub: TEST_USER,
    scope: SCOPES[0] ?? '',
    ttl: 60,
  });
  await running.pop()?.close();
  const second = await start({ port });
  expect(second).toBe(first);
  await expect(verifierFor(second)(token)).resolves.toMatchObject({ subject: TEST_USER });
  expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
});

test('a file that does not hold keys is named and left alone', async () => {
  const damaged = join(folder, 'damaged.json');
  for (const text of ['', '{', '{"keys":[]}', '[]']) {
    await writeFile(damaged, text);
    await expect(start({ keysFile: damaged })).rejects.toThrow(damaged);
    expect(await readFile(damaged, 'utf8')).toBe(text);
  }
});

test('it refuses to run in production, and where others could reach it', async () => {
  await expect(start({ environment: 'production' })).rejects.toThrow(/production/);
  for (const host of ['0.0.0.0', '::', '', '192.168.0.1', 'example.com']) {
    await expect(start({ host })).rejects.toThrow(/must listen on 127\.0\.0\.1/);
  }
});

test('a port that is taken is named', async () => {
  const port = Number(new URL(await start()).port);
  await expect(start({ port })).rejects.toThrow(`127.0.0.1:${port}`);
});

test('it prints nothing', async () => {
  const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
  const issuer = await start();
  await requestDevelopmentToken({ name: 'user-api', issuer, fetch, sub: TEST_USER, scope: SCOPES[0] ?? '', ttl: 60 });
  await signIn(issuer, 'openid user:users:read');
  await fetch(`${issuer}/auth?client_id=unknown`);
  for (const spy of [...streams, ...consoles]) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

test('a page that reached it under a foreign name gets nothing', async () => {
  const issuer = await start();
  const { port } = new URL(issuer);
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/jwks', headers: { host: `evil.example:${port}` } };
    request(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('a person signs in with authorization code and PKCE, and refreshes', async () => {
  const issuer = await start();
  const tokens = await signIn(issuer, 'openid offline_access user:users:read user:users:write');
  const principal = await verifierFor(issuer)(String(tokens['access_token']));
  expect(principal).toEqual({ subject: TEST_USER, scopes: new Set(['user:users:read', 'user:users:write']) });
  const refreshed = await postToken(issuer, {
    grant_type: 'refresh_token',
    refresh_token: String(tokens['refresh_token']),
  });
  await expect(verifierFor(issuer)(String(refreshed['access_token']))).resolves.toMatchObject({ subject: TEST_USER });
  await expect(verifierFor(issuer)(String(tokens['id_token']))).rejects.toThrow();
});

test('an authorization code works once; using it again ends what it gave', async () => {
  const issuer = await start();
  const request = await authorize(issuer, 'openid offline_access user:users:read');
  const tokens = await postToken(issuer, request);
  const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
  expect(await postToken(issuer, request)).toMatchObject({ error: 'invalid_grant' });
  expect(await postToken(issuer, refresh)).toMatchObject({ error: 'invalid_grant' });
});

test('the login page refuses what is not a user id', async () => {
  const issuer = await start();
  const browser = new Browser();
  const login = await browser.follow(authorizationUrl(issuer, 'openid', 'x'.repeat(43)));
  expect(await login.text()).toContain(TEST_USER);
  const refused = await browser.open(login.url, new URLSearchParams({ user: '"><script>' }));
  expect(refused.status).toBe(422);
  expect(await refused.text()).not.toContain('<script>');
});

test('without PKCE, or to a foreign address, nobody is sent', async () => {
  const issuer = await start();
  const plain = new URL(authorizationUrl(issuer, 'openid', 'x'.repeat(43)));
  plain.searchParams.delete('code_challenge');
  plain.searchParams.delete('code_challenge_method');
  const refused = await fetch(plain, { redirect: 'manual' });
  expect(refused.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:5173\/callback\?error=invalid_request/);
  const foreign = new URL(authorizationUrl(issuer, 'openid', 'x'.repeat(43)));
  foreign.searchParams.set('redirect_uri', 'https://evil.example/callback');
  const answer = await fetch(foreign, { redirect: 'manual' });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});

/** Keeps cookies and follows redirects within the provider. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async open(url: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }

  async follow(url: string, form?: URLSearchParams): Promise<Response> {
    const response = await this.open(url, form);
    const location = response.headers.get('location');
    if (!location || location.startsWith(REDIRECT_URI)) return response;
    return this.follow(new URL(location, url).href);
  }
}

function authorizationUrl(issuer: string, scope: string, verifier: string): string {
  const parameters = new URLSearchParams({
    client_id: consoleClient('user-api'),
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope,
    state: 'state',
    prompt: 'consent',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${issuer}/auth?${parameters}`;
}

async function signIn(issuer: string, scope: string): Promise<Record<string, unknown>> {
  return postToken(issuer, await authorize(issuer, scope));
}

/** Signs in by the login page, and returns what a client sends to the token endpoint then. */
async function authorize(issuer: string, scope: string): Promise<Record<string, string>> {
  const verifier = randomBytes(32).toString('base64url');
  const browser = new Browser();
  const login = await browser.follow(authorizationUrl(issuer, scope, verifier));
  const done = await browser.follow(login.url, new URLSearchParams({ user: TEST_USER }));
  const location = new URL(done.headers.get('location') ?? 'about:blank');
  expect(location.searchParams.get('state')).toBe('state');
  const code = location.searchParams.get('code') ?? '';
  return { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT_URI };
}

async function postToken(issuer: string, parameters: Record<string, string>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({ client_id: consoleClient('user-api'), ...parameters });
  const response = await fetch(`${issuer}/token`, { method: 'POST', body });
  // The answer of a token endpoint is a JSON object (RFC 6749 §5.1, §5.2).
  return (await response.json()) as Record<string, unknown>;
}
