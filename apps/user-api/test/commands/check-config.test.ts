import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { lockDirectory } from '@contract-first/database';
import { startIssuer, temporaryDirectory } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import { checkConfigCommand } from '../../src/commands/check-config-command.ts';
import { migrateCommand } from '../../src/commands/migrate-command.ts';
import { runCommandLine, runInProcess } from '../support/command-line.ts';
import { createTestSchema, describeOnPostgres } from '../support/database.ts';

const check = (environment: Readonly<Record<string, string>>) => runInProcess(checkConfigCommand, [], environment);

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  // A server that listens on a port has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('every problem of the configuration is told by name', async () => {
  const { code, stdout, stderr } = await check({ NODE_ENV: 'production', PORT: '70000' });
  expect(code).toBe(1);
  expect(stdout).toBe('');
  for (const name of ['PORT', 'DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE']) expect(stderr).toContain(`${name}: `);
});

test('a configuration that works ends with 0, and nothing is made', async () => {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.close());
  const directory = join(await temporaryDirectory(), '.data');
  const environment = { DATA_DIR: directory, OIDC_ISSUER: issuer.issuer, RATE_LIMITS: '5' };
  const { code, stdout } = await runCommandLine(['check-config'], environment);
  expect(stdout).toMatch(
    /^warning RATE_LIMITS: .*\nok {6}DATA_DIR: .* will be made\nok {6}OIDC_ISSUER: has \d+ keys\n$/,
  );
  expect(code).toBe(0);
});

test('a database and an issuer that cannot be reached are both told, without the password', async () => {
  const { code, stdout } = await check({
    DATABASE_URL: 'postgres://u:secret@127.0.0.1:1,127.0.0.1:2/db',
    OIDC_ISSUER: 'http://127.0.0.1:1',
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAILED {2}DATABASE_URL: 127\.0\.0\.1:1: .*ECONNREFUSED/m);
  expect(stdout).toMatch(/^FAILED {2}DATABASE_URL: 127\.0\.0\.1:2: .*ECONNREFUSED/m);
  expect(stdout).toMatch(/^FAILED {2}OIDC_ISSUER: /m);
  expect(stdout).not.toContain('secret');
});

test("A20 another issuer's document is told", async () => {
  const url = await serve((_, response) => response.end(JSON.stringify({ issuer: 'https://example.com' })));
  const { code, stdout } = await check({ DATA_DIR: await temporaryDirectory(), OIDC_ISSUER: url });
  expect(code).toBe(1);
  expect(stdout).toContain('FAILED  OIDC_ISSUER: the issuer in the discovery document is not the configured one');
});

test('a directory whose parent cannot be written fails, as serve would', async () => {
  const parent = await temporaryDirectory();
  await writeFile(join(parent, 'file'), '');
  const { code, stdout } = await check({ DATA_DIR: join(parent, 'file', '.data') });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAILED {2}DATA_DIR: .* cannot be made: /m);
});

test('a directory that a running service has locked fails, as serve would', async () => {
  const directory = await temporaryDirectory();
  const lock = lockDirectory(directory);
  onTestFinished(() => lock.release());
  const { code, stdout } = await check({ DATA_DIR: directory });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAILED {2}DATA_DIR: the data directory .* is in use by process \d+/m);
});

test('a directory that is free stays free', async () => {
  const directory = await temporaryDirectory();
  expect((await check({ DATA_DIR: directory })).stdout).toMatch(/^ok {6}DATA_DIR: .* can be written$/m);
  lockDirectory(directory).release();
});

describeOnPostgres('a real server', () => {
  test('its version and the state of its schema are told', async () => {
    const schema = await createTestSchema();
    onTestFinished(() => schema.drop());
    const environment = { DATABASE_URL: schema.url, PREPARED_STATEMENTS: 'off' };
    const before = await check(environment);
    expect(before.stdout).toMatch(
      /^ok {6}DATABASE_URL: .* is PostgreSQL .*, schema version 0, to be migrated: users$/m,
    );
    expect(before.stdout).toMatch(/^warning PREPARED_STATEMENTS: /m);
    await runInProcess(migrateCommand, [], environment);
    expect((await check(environment)).stdout).toMatch(/schema version \d+$/m);
  });
});
