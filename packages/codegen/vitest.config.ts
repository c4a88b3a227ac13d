import { defineConfig, mergeConfig } from 'vitest/config';
// @boundaries-ignore the settings that all packages share stand at the top level
import { shared } from '../../vitest.shared.ts';

// Every test file loads Ajv and esbuild; none of them keeps state.
export default defineConfig(mergeConfig(shared, { test: { isolate: false } }));
