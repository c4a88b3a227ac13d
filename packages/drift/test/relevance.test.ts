import { root } from '@contract-first/release';
import { expect, test } from 'vitest';
import { relevanceOf, ruleWeight } from '../src/gates/relevance.ts';

const folder = 'packages/server/test/jsonapi';

test('the tests that are named after a thing come before those that mention it', () => {
  const mutant = { id: 'server:order-changed:content-type', change: 'Content-Type is looked at before the token' };
  const [contentType, accept] = ['content-type', 'accept'].map((name) =>
    relevanceOf(mutant, `${folder}/${name}.test.ts`, `${root}${folder}/${name}.test.ts`),
  );
  expect(contentType).toBeGreaterThan(accept ?? 0);
});

test('the tests of the rule that a mutant breaks come before all others', () => {
  const mutant = { id: 'server:order-changed:content-type', change: 'Accept is looked at first', rule: 'J2' };
  const [contentType, accept] = ['content-type', 'accept'].map((name) =>
    relevanceOf(mutant, `${folder}/${name}.test.ts`, `${root}${folder}/${name}.test.ts`),
  );
  expect(contentType).toBeGreaterThanOrEqual(ruleWeight);
  expect(accept).toBeLessThan(ruleWeight);
});
