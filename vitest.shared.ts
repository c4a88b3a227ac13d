import { fileURLToPath } from 'node:url';
import type { ViteUserConfig } from 'vitest/config';

/*
 * Workers, and the processes that tests start, keep the compiled form of what they load for the next one: a command
 * starts in a third of the time. The cache goes by content, so that it is never stale.
 */
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('./node_modules/.cache/node', import.meta.url));

/** What every package's test run has in common. */
export const shared: ViteUserConfig = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Threads start faster than processes, and share what they have compiled.
    pool: 'threads',
    // Modules are never mocked and keep no state between files, so that loading them once for each worker is enough.
    isolate: false,
  },
};
