import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/*
 * Workers, and the processes that tests start, keep the compiled form of what they load for the next one: a command
 * starts in a third of the time. The cache goes by content, so that it is never stale.
 */
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/node');

/** Tests of a real server's behaviour; `npm run test:postgres` brings one. */
const needsServer = process.env['TEST_DATABASE_URL'] === undefined ? ['apps/user-api/test/postgres/**'] : [];

/** All tests are one project: what several packages import is loaded once for each worker, not once for each package. */
export default defineConfig({
  root,
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{packages,apps}/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    // See vitest.long.config.ts.
    exclude: ['**/node_modules/**', '{packages,apps}/*/test/long/**', ...needsServer],
    globalSetup: join(root, 'apps/user-api/test/support/forget-coverage.ts'),
    setupFiles: join(root, 'packages/testing/src/property-seed.ts'),
    reporters: ['default', ['json', { outputFile: join(root, '.reports/tests.json') }]],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // A process has folders of its own to work in, and a whole stack for deep documents; a thread has neither.
    pool: 'forks',
    // Modules are never mocked and keep no state between files, so that loading them once for each worker is enough.
    isolate: false,
  },
});
