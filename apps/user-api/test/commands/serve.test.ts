import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import { serveCommand } from '../../src/commands/serve-command.ts';
import { runInProcess } from '../support/command-line.ts';
import { prepareDataDirectory } from '../support/database.ts';

async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // A server that listens on a port has an AddressInfo.
  return String((server.address() as AddressInfo).port);
}

test('a taken port of the identity provider for development is told with its variable', async () => {
  const directory = join(await temporaryDirectory(), '.data');
  await prepareDataDirectory(directory);
  const port = await takenPort();
  const environment = { DATA_DIR: directory, LOG_LEVEL: 'silent', PORT: '0', DEVELOPMENT_ISSUER_PORT: port };
  const { code, stderr } = await runInProcess(serveCommand, [], environment);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `The service cannot start: port ${port} of 127.0.0.1 is in use: ` +
      'stop what uses it, or set DEVELOPMENT_ISSUER_PORT to another one\n',
  );
});

test('an unreachable database is told with its variable', async () => {
  const environment = { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/db', LOG_LEVEL: 'silent', PORT: '0' };
  const { code, stderr } = await runInProcess(serveCommand, [], environment);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^The service cannot start: DATABASE_URL: the database cannot be reached: .*ECONNREFUSED.*\n$/,
  );
});

test('--help lists the variables, each with room after its name', async () => {
  const { code, stdout } = await runInProcess(serveCommand, ['--help']);
  expect(code).toBe(0);
  const rows = stdout.split('\n').filter((line) => /^ {2}[A-Z_]{4,}/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(row).toMatch(/^ {2}[A-Z_]+ {2,}\S/);
});
