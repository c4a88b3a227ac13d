import { defineConfig, mergeConfig } from 'vitest/config';
// @boundaries-ignore the settings that all packages share stand at the top level
import { shared } from '../../vitest.shared.ts';

// Tests of a real server's behaviour; `npm run test:postgres` brings one.
const needsServer = process.env['TEST_DATABASE_URL'] === undefined ? ['test/postgres/**'] : [];

export default defineConfig(
  mergeConfig(shared, { test: { globalSetup: 'test/support/forget-coverage.ts', exclude: needsServer } }),
);
