import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '@contract-first/release';
import { createCluster, findBinaries } from '@contract-first/testing';
import { createProgram } from '../reliability/harness/program.ts';

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

const description = `Runs the tests of the service on a real PostgreSQL: that of TEST_DATABASE_URL or DATABASE_URL, in schemas of its own,
or one that is started for it and removed afterwards.`;

await createProgram('test:postgres', description)
  .argument('[files...]', 'only these, for example test/storage')
  .option('-t, --test-name-pattern <pattern>', 'only tests whose names match, for example a rule')
  .action(async (files: readonly string[], { testNamePattern }: { testNamePattern?: string }) => {
    const args = files.length > 0 ? files.map((file) => `apps/user-api/${file}`) : ['apps/user-api/'];
    if (testNamePattern !== undefined) args.push('-t', testNamePattern);
    process.exitCode = given ? await runTests(given, args) : await testOnOwnServer(args);
  })
  .parseAsync();

async function testOnOwnServer(args: readonly string[]): Promise<number> {
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
    return isStopped ? 130 : await runTests(cluster.url, args);
  } finally {
    await cluster.remove();
  }
}

async function runTests(url: string, args: readonly string[]): Promise<number> {
  tests = spawn(`${root}node_modules/.bin/vitest`, ['run', '--reporter=default', ...args], {
    cwd: root,
    env: { ...environment, TEST_DATABASE_URL: url },
    stdio: 'inherit',
  });
  const [code] = await once(tests, 'exit');
  return isStopped ? 130 : (code ?? 1);
}
