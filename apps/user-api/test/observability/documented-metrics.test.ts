import { readFile } from 'node:fs/promises';
import { addStateMetrics, createMetrics } from '@contract-first/service';
import { contract } from '@user-api/contract';
import { expect, test } from 'vitest';
import { dependencyMetrics } from '../../src/observation/dependency-metrics.ts';

/** Those of every Node process, of which there are many. */
const OF_THE_PROCESS = /^(?:process|nodejs)_/;

test('the operators are told of every metric, and of none that there is not', async () => {
  const { registry } = createMetrics(contract);
  const keySet = () => ({ keys: 1, skippedKeys: 0, fetches: 1, failures: 0, age: 0 });
  addStateMetrics(registry, dependencyMetrics({ keySet, pool: () => null, isDraining: () => false }));
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  const page = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
  const told = [...page.matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => name);
  expect(told.toSorted()).toEqual(names.filter((name) => !OF_THE_PROCESS.test(name)).toSorted());
  const ofTheProcess = page.match(/\b(?:process|nodejs)_\w+/g) ?? [];
  expect(ofTheProcess.filter((name) => !names.includes(name) && !names.includes(name.replace(/_p99/, '')))).toEqual([]);
});
