import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import shared from './vitest.config.ts';

/** Tests that start several processes or many servers: a gate of `npm run check`. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['{packages,apps}/*/test/long/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    reporters: ['default', ['json', { outputFile: join(import.meta.dirname, '.reports/long-tests.json') }]],
  },
});
