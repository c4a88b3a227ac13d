import { beforeAll, describe, expect, test } from 'vitest';
import { forbiddenDependencies } from '../package-dependencies.ts';
import { type Package, packages } from '../workspace.ts';
import { type Copy, copyRepository } from './copy.ts';

const imports = [
  ['core', 'a package that is not a dependency', '@user-api/server'],
  ['contract', 'an app', '../../../apps/user-api/src/app.ts'],
  ['client', 'a script', '../../../scripts/workspace.ts'],
  ['server', 'a file of another package', '../../core/src/index.ts'],
] as const;

const dependencies = [
  ['core', '@user-api/contract'],
  ['codegen', '@user-api/contract'],
  ['client', '@user-api/app'],
] as const;

describe('turbo boundaries refuses', () => {
  let found: { readonly status: number | null; readonly output: string };

  beforeAll(() => {
    using copy = copyRepository();
    for (const [name, , from] of imports) copy.write(`packages/${name}/src/forbidden.ts`, `import '${from}';\n`);
    for (const [name, dependency] of dependencies) addDevelopmentDependency(copy, name, dependency);
    found = copy.turbo('boundaries');
  });

  test('the whole', () => {
    expect(found.status).toBe(1);
  });

  test.each(imports)('in %s the import of %s', (name, _what, from) => {
    expect(found.output).toMatch(new RegExp(`packages/${name}/src/forbidden\\.ts:1:\\d+\\]\n 1 \\| import '${from}'`));
  });

  test.each(dependencies)('in %s the dependency on %s, even if only tests use it', (name, dependency) => {
    const complaint = `Package \`${dependency}\` found without any tag listed in allowlist for \`@user-api/${name}\``;
    expect(found.output.replaceAll(/\s+\|?\s*/g, ' ')).toContain(complaint);
  });
});

function addDevelopmentDependency(copy: Copy, name: string, dependency: string): void {
  const all = packages().map(({ manifest }) => manifest);
  const manifest = all.find((candidate) => candidate.name === `@user-api/${name}`);
  // With another version it would be a package of the registry.
  const version = all.find((candidate) => candidate.name === dependency)?.version;
  const devDependencies = { ...manifest?.devDependencies, [dependency]: version };
  copy.write(`packages/${name}/package.json`, JSON.stringify({ ...manifest, devDependencies }));
}

describe('the check of dependencies', () => {
  test('refuses what only tests may use', () => {
    const names = { '@user-api/contract': '0.1.0', '@user-api/core': '0.1.0', fastify: '5.12.8' };
    const server = { folder: 'packages/server', manifest: { name: '@user-api/server', dependencies: names } };
    expect(forbiddenDependencies([server])).toEqual([
      expect.stringContaining('packages/server/package.json: remove @user-api/contract from dependencies.'),
    ]);
  });

  test('wants to know what a new package may import', () => {
    const added: Package = { folder: 'packages/new', manifest: { name: '@user-api/new' } };
    expect(forbiddenDependencies([added])).toEqual([
      expect.stringContaining('packages/new: say in scripts/package-dependencies.ts'),
    ]);
  });
});
