import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import shared from './vitest.config.ts';

/** Tests that start several processes or many servers: a gate of `npm run check`. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [], exclude: [], reporters: [] } },
  defineConfig({
    test: {
      include: ['{packages,apps}/*/test/long/**/*.test.ts'],
      exclude: ['**/node_modules/**'],
      reporters: ['default', ['json', { outputFile: join(import.meta.dirname, '.reports/long-tests.json') }]],
    },
  }),
);
