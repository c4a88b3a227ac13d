import type { Package } from '@contract-first/release';
import { expect, test } from 'vitest';
import { forbiddenDependencies } from '../packages/package-dependencies.ts';

test('refuses in dependencies what only tests may use', () => {
  const dependencies = { '@user-api/contract': '0.1.0', '@contract-first/core': '0.1.0', fastify: '5.12.8' };
  const server = { folder: 'packages/server', manifest: { name: '@contract-first/server', dependencies } };
  expect(forbiddenDependencies([server])).toEqual([
    expect.stringContaining('packages/server/package.json: remove @user-api/contract from dependencies.'),
  ]);
});

test('wants to know what a new package may import', () => {
  const added: Package = { folder: 'packages/new', manifest: { name: '@contract-first/new' } };
  expect(forbiddenDependencies([added])).toEqual([
    expect.stringContaining('packages/new: say in scripts/packages/package-dependencies.ts'),
  ]);
});
