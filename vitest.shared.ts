import type { ViteUserConfig } from 'vitest/config';

/** What every package's test run has in common. */
export const shared: ViteUserConfig = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Modules are never mocked and keep no state between files, so that loading them once for each worker is enough.
    isolate: false,
  },
};
