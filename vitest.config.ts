import { defineConfig } from 'vitest/config';

/** All tests in one run: `npm test` starts Vitest once, and its workers are shared by all packages. */
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'scripts/vitest.config.ts'],
    reporters: ['default', ['json', { outputFile: '.reports/tests.json' }]],
    maxWorkers: 2,
  },
});
