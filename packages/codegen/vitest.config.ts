import { defineConfig, mergeConfig } from 'vitest/config';
// @boundaries-ignore the settings that all packages share stand at the top level
import { shared } from '../../vitest.shared.ts';

// A process for each worker: the command line is run in folders of its own, and deep documents need a whole stack.
export default defineConfig(mergeConfig(shared, { test: { pool: 'forks' } }));
