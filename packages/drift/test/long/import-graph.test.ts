import { root } from '@contract-first/release';
import { expect, test } from 'vitest';
import { ImportGraph } from '../../src/gates/import-graph.ts';

const graph = new ImportGraph(root);

test('a test depends on what it imports, also by way of other files and packages', () => {
  const tests = graph.testsOf(['packages/core/src/accept.ts']);
  expect(tests).toEqual(
    expect.arrayContaining(['packages/core/test/accept.test.ts', 'packages/server/test/jsonapi/accept.test.ts']),
  );
});

test('a test does not depend on what it never reaches', () => {
  expect(graph.testsOf(['packages/client/src/retry.ts'])).not.toContain('packages/core/test/accept.test.ts');
});

test('a test depends on the contract that it reads', () => {
  const tests = graph.testsOf(['packages/contract/src/validators.gen.ts']);
  expect(tests).toContain('packages/client/test/user-api.test.ts');
});
