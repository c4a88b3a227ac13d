import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DevelopmentProvider, startDevelopmentProvider } from '@contract-first/access-token/development';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenCommand } from '../../src/commands/token-command.ts';
import { runInProcess } from '../support/command-line.ts';

let folder: string;
let provider: DevelopmentProvider;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-command-'));
  provider = await startDevelopmentProvider({
    name: 'user-api',
    suggestedSubject: 'c0daf39b-4df5-4241-9e7d-b1b85f829090',
    host: '127.0.0.1',
    port: 0,
    keysFile: join(folder, 'keys.json'),
    audience: 'user-api',
    scopes: ['user:users:read', 'user:users:write', 'user:users:admin'],
    environment: undefined,
  });
});
afterAll(async () => {
  await provider.close();
  await rm(folder, { recursive: true });
});

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runInProcess(tokenCommand, args, environment);

function claimsOf(output: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(output.split('.')[1] ?? '', 'base64url').toString());
}

test('it prints the token and nothing else', async () => {
  const { code, stdout, stderr } = await run(['--issuer', provider.issuer]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const claims = claimsOf(stdout);
  expect(claims).toMatchObject({
    sub: 'c0daf39b-4df5-4241-9e7d-b1b85f829090',
    scope: 'user:users:read user:users:write',
  });
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
});

test('every option has its effect', async () => {
  const sub = '11111111-2222-4333-8444-555555555555';
  const given = ['--sub', sub, '--scope=user:users:admin', '--ttl', '5', '--identity-provider', 'apple'];
  const { code, stdout } = await run([...given, '--issuer', provider.issuer]);
  expect(code).toBe(0);
  const claims = claimsOf(stdout);
  expect(claims).toMatchObject({ sub, scope: 'user:users:admin', identity_provider: 'apple' });
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(5);
});

test('DEVELOPMENT_ISSUER_PORT says where the development server is', async () => {
  const { port } = new URL(provider.issuer);
  const { code, stdout } = await run([], { DEVELOPMENT_ISSUER_PORT: port });
  expect(code).toBe(0);
  expect(claimsOf(stdout)).toMatchObject({ iss: provider.issuer });
});

test('every wrong value is told at once', async () => {
  const wrong = ['--sub', 'alice', '--scope', 'a  b', '--ttl', '1e3', '--issuer', 'http://example.com'];
  const { code, stdout, stderr } = await run(wrong);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  for (const name of ['--sub', '--scope', '--ttl', '--issuer']) expect(stderr).toContain(name);
  expect((await run([], { DEVELOPMENT_ISSUER_PORT: 'x' })).stderr).toContain('DEVELOPMENT_ISSUER_PORT');
});

test.each([
  [['--colour'], "error: unknown option '--colour'"],
  [['extra'], 'error: too many arguments'],
  [['--ttl'], "error: option '--ttl <seconds>' argument missing"],
])('%j is refused with one line', async (args, message) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(message);
});

test('a scope that the service does not have is refused', async () => {
  const { code, stderr } = await run(['--scope', 'other', '--issuer', provider.issuer]);
  expect(code).toBe(1);
  expect(stderr).toContain('user:users:admin');
});

test('without a development server it says how to start one', async () => {
  const server = createServer((_request, response) => void response.writeHead(404).end('nothing here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an AddressInfo.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const foreign = await run(['--issuer', issuer]);
  expect(foreign.code).toBe(1);
  expect(foreign.stderr).toContain(`${issuer} answered 404`);
  await new Promise((resolve) => server.close(resolve));
  const nobody = await run(['--issuer', issuer]);
  expect(nobody.code).toBe(1);
  expect(nobody.stdout).toBe('');
  expect(nobody.stderr).toContain(`No development server answers at ${issuer}. Start one with: npm start`);
});

test('--help prints the options', async () => {
  const { code, stdout } = await run(['--help', '--sub', 'alice']);
  expect(code).toBe(0);
  for (const name of ['--sub', '--scope', '--ttl', '--issuer', '--identity-provider']) expect(stdout).toContain(name);
});
