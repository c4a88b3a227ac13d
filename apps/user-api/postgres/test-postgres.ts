import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '@contract-first/release';
import { createCluster, findBinaries } from '@contract-first/testing';

/**
 * `npm run test:postgres`: runs the tests of the service on a real PostgreSQL, with the arguments of the test runner,
 * for example `npm run test:postgres -- test/storage`. The server is that of TEST_DATABASE_URL or DATABASE_URL, or one
 * that is started for it and removed afterwards.
 */

const { TEST_DATABASE_URL, DATABASE_URL, ...environment } = process.env;
const given = TEST_DATABASE_URL || DATABASE_URL;
let tests: ChildProcess | null = null;
let isStopped = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isStopped = true;
    tests?.kill(signal);
  });
}

process.exitCode = given ? await runTests(given) : await testOnOwnServer();

async function testOnOwnServer(): Promise<number> {
  const binaries = findBinaries();
  if (binaries === null) {
    console.error(
      'PostgreSQL is missing: set DATABASE_URL to an empty database, or install postgresql (Debian: apt-get install postgresql).',
    );
    return 1;
  }
  const cluster = await createCluster(binaries);
  try {
    await cluster.start();
    return isStopped ? 130 : await runTests(cluster.url);
  } finally {
    await cluster.remove();
  }
}

async function runTests(url: string): Promise<number> {
  tests = spawn(`${root}node_modules/.bin/vitest`, ['run', '--reporter=default', ...process.argv.slice(2)], {
    cwd: `${root}apps/user-api`,
    env: { ...environment, TEST_DATABASE_URL: url },
    stdio: 'inherit',
  });
  const [code] = await once(tests, 'exit');
  return isStopped ? 130 : (code ?? 1);
}
