import { join } from 'node:path';
import { startChild } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { LoadedModules } from './loaded-modules-process.ts';

/** prom-client itself uses the API of OpenTelemetry, which does nothing without one of these. */
const LIBRARIES = /^@opentelemetry\/(?:sdk|exporter|resources)/;

test('without a collector the libraries for traces are not loaded', { timeout: 60_000 }, async () => {
  const child = startChild<LoadedModules>(join(import.meta.dirname, 'loaded-modules-process.ts'));
  onTestFinished(() => void child.process.kill('SIGKILL'));
  const { atStart, withTracing } = await child.until((message) => message);
  expect(atStart).toContain('prom-client');
  expect(atStart.filter((name) => LIBRARIES.test(name))).toEqual([]);
  expect(withTracing.filter((name) => LIBRARIES.test(name))).not.toEqual([]);
});
